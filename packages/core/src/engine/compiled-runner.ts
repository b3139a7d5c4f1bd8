import { type CompiledCode, type CompiledInstance, instantiate } from "../codegen/index.ts";
import { FRAME, FRAMES } from "../host/frame-layout.ts";
import type { LinearMemory } from "../host/linear-memory.ts";
import { AddressViolation, liesInRegions } from "../host/memory-region.ts";
import { FRONTEND_TRAPS, isTrap } from "../host/outcome.ts";
import { HOST, type Program } from "../host/program.ts";
import { type IrModule, moduleFunction } from "../ir/function.ts";
import type { Checkpoint } from "../journal/journal.ts";
import { createKernel, type Kernel } from "../kernel/index.ts";
import { codeExchanges, codeOf, countTrap } from "./code-store.ts";
import { EntryTable } from "./entry-table.ts";
import { Frame } from "./frame.ts";

/**
 * How a compiled run ended: "unavailable" = nothing ran, "trapped" = run again exactly, "trapped
 * below" = run again with all calls made by the engine.
 */
export type CompiledEnd = "finished" | "trapped" | "trapped below" | "unavailable";

/** Instances that a runner finds by program. */
const INSTANCES_MAX = 1024;
/** Native stack of the engine and a host function between two compiled frames. */
const ENGINE_STACK_BYTES = 4096;

/**
 * What runs over one linear memory: the kernel, linked programs, and the compiled frame that is
 * running now.
 */
class Linkage {
  readonly memory: LinearMemory;
  readonly kernel: Kernel;
  readonly entries = new EntryTable();
  readonly instances = new WeakMap<CompiledCode, CompiledInstance>();
  frame: Frame | undefined;
  runPending: (frame: Frame) => number = () => HOST.LEAVE;

  constructor(memory: LinearMemory) {
    this.memory = memory;
    this.kernel = createKernel(memory.memory, memory.remembersDigests);
  }

  instance(code: CompiledCode): CompiledInstance {
    let instance = this.instances.get(code);
    if (instance === undefined) {
      instance = instantiate(code, {
        memory: this.memory,
        kernel: this.kernel,
        frames: this.entries.table,
        host: (index, address) => this.#callHost(index, address),
        rollBack: (address) => this.#rollBack(address),
        assertAddress: (module, fn, at, address, offset, length) =>
          this.#assertAddress(module, fn, at, (address >>> 0) + offset, length >>> 0),
      });
      this.instances.set(code, instance);
    }
    return instance;
  }

  /**
   * Host function `index` for the frame at `address`, and the calls it asks for; non-zero = the
   * frame ends.
   */
  #callHost(index: number, address: number): number {
    const frame = this.#frameAt(address);
    let answer = frame.program.hosts[index]!(frame);
    if (answer === HOST.CALL) {
      answer = this.runPending(frame);
      this.frame = frame;
    }
    if (answer === HOST.CONTINUE) return 0;
    this.memory.i32[(address + FRAME.OUTCOME) >>> 2] = frame.outcome;
    return 1;
  }

  /** The running frame at an address: one that is known, or one that compiled code opened since. */
  #frameAt(address: number): Frame {
    const { i32 } = this.memory;
    const at = address >>> 2;
    const serial = i32[at + FRAME.SERIAL / 4]!;
    let known = this.frame;
    while (known !== undefined && (known.address !== address || known.serial !== serial)) {
      known = known.parent;
    }
    this.frame = known ?? this.#adopt(this.#frameAt(i32[at + FRAME.PARENT / 4]!), address);
    return this.frame;
  }

  #adopt(parent: Frame, address: number): Frame {
    const { i32 } = this.memory;
    const at = address >>> 2;
    const program = this.entries.program(i32[at + FRAME.ENTRY / 4]!);
    const frame = new Frame(parent.runtime, program.adopt!(parent, address), parent, address);
    frame.serial = i32[at + FRAME.SERIAL / 4]!;
    frame.checkpoint = this.#checkpoint(address);
    return frame;
  }

  #checkpoint(address: number): Checkpoint {
    const { i32 } = this.memory;
    const at = address >>> 2;
    return {
      undo: i32[at + FRAME.UNDO / 4]!,
      logs: i32[at + FRAME.LOGS / 4]!,
      logBytes: i32[at + FRAME.LOG_BYTES / 4]!,
    };
  }

  #assertAddress(module: IrModule, fn: number, at: number, address: number, length: number): void {
    const frame = this.#frameAt(this.memory.i32[FRAMES.CURRENT >>> 2]!);
    const regions = frame.program.regions!;
    if (liesInRegions(frame, regions, address, length)) return;
    const touch = { module, fn: moduleFunction(module, fn), at, address, length };
    throw new AddressViolation(frame, regions, touch);
  }

  #rollBack(address: number): void {
    this.frame!.journal.revert(this.#checkpoint(address), true);
  }
}

/**
 * Whether a trap with gas left is one in an exact run too, with all that anybody sees of it: merged charges make gas run out early, and of an
 * outermost frame the place is told.
 */
const isCertain = ({ outcome, program, parent }: Frame): boolean =>
  outcome >= FRONTEND_TRAPS && program.depletes === true && parent !== undefined;

const linkages = new WeakMap<LinearMemory, Linkage>();

/** Compiles programs on first use and runs frames in them. */
export class CompiledRunner {
  readonly #linkage: Linkage;
  /**
   * Instances of programs that ran here, by variant: saves two look-ups by identity in each frame.
   */
  readonly #optimistic = new Map<Program, CompiledInstance>();
  readonly #exact = new Map<Program, CompiledInstance>();
  readonly #runPending: (frame: Frame) => number;
  #exchanges = codeExchanges();

  constructor(memory: LinearMemory, runPending: (frame: Frame) => number) {
    let linkage = linkages.get(memory);
    if (linkage === undefined) {
      linkage = new Linkage(memory);
      linkages.set(memory, linkage);
    }
    this.#linkage = linkage;
    this.#runPending = runPending;
  }

  #instance(program: Program, exact: boolean): CompiledInstance | undefined {
    if (this.#exchanges !== codeExchanges()) {
      this.#exchanges = codeExchanges();
      this.#optimistic.clear();
      this.#exact.clear();
    }
    const known = exact ? this.#exact : this.#optimistic;
    let instance = known.get(program);
    if (instance === undefined) {
      const code = codeOf(program, exact);
      if (code === undefined) return undefined;
      instance = this.#linkage.instance(code);
      if (known.size === INSTANCES_MAX) known.clear();
      known.set(program, instance);
    }
    return instance;
  }

  /** True if the program has run compiled here, and can again. */
  isReady(program: Program): boolean {
    return this.#optimistic.has(program);
  }

  /** Number by which compiled code enters the program; 0 = it has not been compiled here, and is not `compiles`. */
  entryOf(program: Program, compiles: boolean): number {
    const instance = compiles ? this.#instance(program, false) : this.#optimistic.get(program);
    return instance === undefined ? 0 : this.#linkage.entries.entryOf(program, instance);
  }

  /**
   * Runs `frame`, which is at its beginning. After "trapped" its memory, gas and journal are to be
   * restored; after "trapped below" it was a frame that trapped which compiled code had opened.
   */
  run(frame: Frame, exact: boolean): CompiledEnd {
    const instance = this.#instance(frame.program, exact);
    if (instance === undefined) return "unavailable";
    const linkage = this.#linkage;
    const { memory, frame: outer, runPending } = linkage;
    linkage.frame = frame;
    linkage.runPending = this.#runPending;
    const stackUsed = memory.i32[FRAMES.STACK_USED >>> 2]!;
    const current = memory.i32[FRAMES.CURRENT >>> 2]!;
    memory.i32[FRAMES.STACK_USED >>> 2] = stackUsed + ENGINE_STACK_BYTES;
    memory.i32[FRAMES.CURRENT >>> 2] = frame.address;
    try {
      frame.outcome = instance(frame.address);
    } catch (thrown) {
      // A trap, or guest recursion that exhausted the native stack. Anything else is a defect of a
      // host function.
      if (!(thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError))
        throw thrown;
      return this.#countTrap(frame, exact);
    } finally {
      linkage.frame = outer;
      linkage.runPending = runPending;
      memory.i32[FRAMES.STACK_USED >>> 2] = stackUsed;
      memory.i32[FRAMES.CURRENT >>> 2] = current;
    }
    return frame.gas < 0n || (isTrap(frame.outcome) && !isCertain(frame)) ? "trapped" : "finished";
  }

  /** {@link run}, with all calls made by the engine. */
  runAlone(frame: Frame, exact: boolean): CompiledEnd {
    const { memory } = this.#linkage;
    const limit = memory.i32[FRAMES.STACK_LIMIT >>> 2]!;
    memory.i32[FRAMES.STACK_LIMIT >>> 2] = 0;
    try {
      return this.run(frame, exact);
    } finally {
      memory.i32[FRAMES.STACK_LIMIT >>> 2] = limit;
    }
  }

  #countTrap({ program, address }: Frame, exact: boolean): CompiledEnd {
    const { memory, entries } = this.#linkage;
    const innermost = memory.i32[FRAMES.CURRENT >>> 2]!;
    if (innermost !== address) {
      entries.strike(memory.i32[(innermost + FRAME.ENTRY) >>> 2]!);
      return "trapped below";
    }
    if (countTrap(program, exact)) {
      (exact ? this.#exact : this.#optimistic).delete(program);
    }
    return "trapped";
  }
}
