import { assert } from "@dragoman/fault";
import { ARENA_START, FRAME, FRAMES } from "../host/frame-layout.ts";
import { LinearMemory } from "../host/linear-memory.ts";
import { isOk, isTrap, OUTCOME } from "../host/outcome.ts";
import { type CallRequest, HOST, type Program } from "../host/program.ts";
import { CALLING, ENDED, Interpreter, type Observer, PAUSED } from "../interp/interpreter.ts";
import { Journal } from "../journal/journal.ts";
import type { StateReader } from "../journal/state.ts";
import { countRun, isCompilable, isRefused } from "./code-store.ts";
import { CompiledRunner } from "./compiled-runner.ts";
import { Frame, type Runtime } from "./frame.ts";

export type Tier = "interpret" | "compile" | "auto";

export interface EngineOptions {
  readonly state: StateReader;
  /** interpret: the exact interpreter only. compile: compiled wherever a program can be. auto: by hotness. */
  readonly tier?: Tier | undefined;
  /**
   * Whether tier auto compiles on a thread of its own, where the platform has one: default true. A receipt is the same
   * either way.
   */
  readonly background?: boolean | undefined;
  readonly memory?: LinearMemory | undefined;
  /** Sees every instruction of exact modules; forces the interpreter. */
  readonly observer?: Observer | undefined;
  /** For tests: run the optimistic module in the interpreter, or compile the exact one. */
  readonly moduleUnderTest?: "optimistic-interpreted" | "exact-compiled";
}

export interface FrameResult {
  readonly outcome: number;
  readonly gasUsed: bigint;
  readonly gasLeft: bigint;
  readonly output: Uint8Array;
  /** Source position of the exit or trap; -1 = unknown (compiled code, successful). */
  readonly position: number;
  /** The frontend's notes about the end. */
  readonly detail: unknown;
  /** Which tier finished the frame. */
  readonly tier: "interpret" | "compile";
}

/** Branches and calls that the interpreter takes in a frame before `auto` would restart the frame compiled, again and again. */
const RESTART_FUEL = 500;
/**
 * Native stack that nested compiled frames may take, bytes; deeper ones are interpreted. V8 gives the main thread 984 KiB, and what calls the
 * engine needs some.
 */
const NATIVE_STACK_MAX = 600 << 10;
const FRAME_ALIGNMENT = 4096;
/** Gas that a frame can have: compiled code counts in signed 64-bit integers. */
export const GAS_MAX = (1n << 63n) - 1n;

/**
 * Runs programs against one journal. Interpreted frames live on the heap; a compiled frame that calls recurses natively to a bounded
 * depth. A compiled frame that traps, or whose gas ends below zero, is run again from its checkpoint by the interpreter.
 */
export class Engine implements Runtime {
  readonly memory: LinearMemory;
  readonly journal: Journal;
  readonly tier: Tier;
  readonly #observer: Observer | undefined;
  readonly #options: EngineOptions;
  readonly #compiled: CompiledRunner;
  readonly #background: boolean;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.memory = options.memory ?? new LinearMemory();
    this.journal = new Journal(options.state);
    this.tier = options.observer === undefined ? (options.tier ?? "auto") : "interpret";
    this.#observer = options.observer;
    this.#background = options.background ?? true;
    this.#compiled = new CompiledRunner(this.memory, (frame) => this.#runPending(frame));
  }

  /** Bytes of native stack that compiled frames use. */
  get #nativeStack(): number {
    return this.memory.i32[FRAMES.STACK_USED >>> 2]!;
  }

  entryOf(program: Program): number {
    if (this.tier === "interpret" || this.#options.moduleUnderTest !== undefined) return 0;
    return this.#compiled.entryOf(program, this.tier === "compile");
  }

  /** Runs a message to its end. The journal keeps its changes if the outcome is ok, and loses them otherwise. */
  execute(request: CallRequest): FrameResult {
    assert(request.gas >= 0n && request.gas <= GAS_MAX, "gas lies in 0..2^63-1");
    const frame = this.#open(request, undefined);
    const tier = this.#run(frame);
    const gasLeft = frame.gas;
    return {
      outcome: frame.outcome,
      gasUsed: request.gas - gasLeft,
      gasLeft,
      output: frame.output,
      position: frame.position,
      detail: frame.detail,
      tier,
    };
  }

  /** A frame behind its caller's, at its beginning. */
  #open(request: CallRequest, parent: Frame | undefined): Frame {
    const below = (parent === undefined ? ARENA_START : parent.end) + (request.reserve ?? 0);
    const address = Math.ceil(below / FRAME_ALIGNMENT) * FRAME_ALIGNMENT;
    const frame = new Frame(this, request, parent, address);
    frame.replays = parent?.replays === true;
    frame.checkpoint = this.journal.checkpoint();
    frame.serial = ++this.memory.i32[FRAMES.SERIAL >>> 2]!;
    this.#prepare(frame);
    return frame;
  }

  #prepare(frame: Frame): void {
    const { request } = frame;
    assert(
      this.memory.ensure(frame.address + request.program.exact.frameSize),
      "memory for a frame",
    );
    frame.end = frame.address + request.program.exact.frameSize;
    this.memory.i32[(frame.address + FRAME.SERIAL) >>> 2] = frame.serial;
    frame.pending = undefined;
    frame.detail = undefined;
    frame.outcome = OUTCOME.OK;
    frame.position = -1;
    frame.setOutput(0, 0);
    frame.gas = request.gas;
    request.prepare(frame);
  }

  /** Undoes everything that the frame did and lays it out anew. */
  #restart(frame: Frame): void {
    this.journal.revert(frame.checkpoint, false);
    this.#prepare(frame);
  }

  /** Runs `frame` to its end; returns the tier that finished it. */
  #run(frame: Frame): "interpret" | "compile" {
    if (this.#runHost(frame)) return "interpret";
    if (this.#wantsCompiled(frame) && this.#runCompiled(frame)) return "compile";
    return this.#interpret(frame);
  }

  /** Runs a program that is a host function; false if it is not, or is to be observed. */
  #runHost(frame: Frame): boolean {
    if (frame.program.isHost !== true || this.#observer !== undefined) return false;
    const answer = frame.program.hosts[0]!(frame);
    assert(answer !== HOST.CALL, "a program that is a host function asks for no call");
    this.#close(frame);
    return true;
  }

  #wantsCompiled({ program, replays }: Frame): boolean {
    if (replays) return false;
    if (this.tier === "interpret" || this.#nativeStack >= NATIVE_STACK_MAX) return false;
    if (this.#options.moduleUnderTest === "optimistic-interpreted") return false;
    if (this.tier === "compile" || this.#compiled.isReady(program)) return true;
    return countRun(program, this.#background);
  }

  /** True if the frame ran to its end in compiled code; false if the interpreter must run it (it is at its beginning then). */
  #runCompiled(frame: Frame): boolean {
    const exact = this.#options.moduleUnderTest === "exact-compiled";
    if (this.#nativeStack === 0) {
      this.journal.enter(this.memory);
      this.memory.i32[FRAMES.STACK_LIMIT >>> 2] = NATIVE_STACK_MAX;
    }
    let finished = this.#compiled.run(frame, exact);
    if (finished === "trapped below") {
      // A frame that compiled code opened by itself: with the engine between them, that frame alone is run exactly.
      this.#restart(frame);
      finished = this.#compiled.runAlone(frame, exact);
    }
    if (finished === "unavailable") return false;
    if (finished === "trapped") {
      frame.replays = true;
      this.#restart(frame);
      return false;
    }
    this.#close(frame);
    return true;
  }

  /** The frame loop: interprets `root` and whatever it calls, on a stack of its own. */
  #interpret(root: Frame): "interpret" | "compile" {
    const stack = [this.#interpreter(root, this.#fuel(root))];
    let state = stack[0]!.run();
    for (;;) {
      const top = stack[stack.length - 1]!;
      if (state === CALLING) {
        const callee = this.#open(this.#takePending(top.frame), top.frame);
        if (this.#runHost(callee) || (this.#wantsCompiled(callee) && this.#runCompiled(callee))) {
          state = top.resume(callee.request.finish(top.frame, callee));
        } else {
          const next = this.#interpreter(callee, this.#fuel(callee));
          stack.push(next);
          state = next.run();
        }
        continue;
      }
      let tier: "interpret" | "compile" = "interpret";
      if (state === PAUSED) {
        if (!isCompilable(top.frame.program, this.#background)) {
          top.fuel = this.#fuel(top.frame);
          state = top.run();
          continue;
        }
        // Long work in a cold frame: begin again, compiled. What it did so far is bounded by the fuel, or by what it took to compile.
        this.#restart(top.frame);
        if (!this.#runCompiled(top.frame)) {
          const again = this.#interpreter(top.frame, Number.POSITIVE_INFINITY);
          stack[stack.length - 1] = again;
          state = again.run();
          continue;
        }
        tier = "compile";
      } else if (top.frame.outcome === OUTCOME.WRONG_GUESS) {
        // An optimistic module in the interpreter, in tests.
        this.#restart(top.frame);
        const exact = new Interpreter(top.frame, top.frame.program.exact, Number.POSITIVE_INFINITY);
        stack[stack.length - 1] = exact;
        state = exact.run();
        continue;
      } else {
        assert(state === ENDED, "an interpreter pauses, calls or ends");
        this.#close(top.frame);
      }
      stack.pop();
      if (stack.length === 0) return tier;
      const caller = stack[stack.length - 1]!;
      state = caller.resume(top.frame.request.finish(caller.frame, top.frame));
    }
  }

  #interpreter(frame: Frame, fuel: number): Interpreter {
    frame.exact = true;
    const optimistic =
      this.#options.moduleUnderTest === "optimistic-interpreted"
        ? frame.program.optimistic()
        : undefined;
    // Optimistic code reads the journal's head where compiled code does.
    if (optimistic !== undefined) this.journal.enter(this.memory);
    return new Interpreter(frame, optimistic ?? frame.program.exact, fuel, this.#observer);
  }

  #fuel({ program, replays }: Frame): number {
    if (this.tier !== "auto" || this.#nativeStack >= NATIVE_STACK_MAX || replays) {
      return Number.POSITIVE_INFINITY;
    }
    return isRefused(program) ? Number.POSITIVE_INFINITY : RESTART_FUEL;
  }

  #takePending(frame: Frame): CallRequest {
    const request = frame.pending;
    assert(request !== undefined, "a host function answered CALL without frame.call()");
    frame.pending = undefined;
    return request;
  }

  /** A compiled frame asked for a call: runs it and all that `finish` asks for; answers CONTINUE or LEAVE. */
  #runPending(caller: Frame): number {
    let answer: number = HOST.CALL;
    while (answer === HOST.CALL) {
      const callee = this.#open(this.#takePending(caller), caller);
      this.#run(callee);
      answer = callee.request.finish(caller, callee);
    }
    return answer;
  }

  /** Takes the output, undoes the journal if the frame failed. */
  #close(frame: Frame): void {
    if (isTrap(frame.outcome) && frame.program.depletes === true) frame.gas = 0n;
    if (!isOk(frame.outcome)) frame.detail ??= frame.program.describe?.(frame);
    const at = frame.address >>> 2;
    const address = this.memory.i32[at + FRAME.OUTPUT_ADDRESS / 4]! >>> 0;
    const length = this.memory.i32[at + FRAME.OUTPUT_LENGTH / 4]!;
    frame.output =
      isTrap(frame.outcome) || length === 0 ? EMPTY : this.memory.slice(address, length);
    if (!isOk(frame.outcome) && frame.request.keepOnFailure !== true) {
      this.journal.revert(frame.checkpoint, true);
    }
  }
}

const EMPTY = new Uint8Array(0);
