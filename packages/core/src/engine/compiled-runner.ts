import { type CompiledCode, type CompiledInstance, instantiate } from "../codegen/index.ts";
import { FRAME } from "../host/frame-layout.ts";
import type { LinearMemory } from "../host/linear-memory.ts";
import { isTrap } from "../host/outcome.ts";
import { HOST, type Program } from "../host/program.ts";
import { createKernel, type Kernel } from "../kernel/index.ts";
import { codeOf, countTrap } from "./code-store.ts";
import type { Frame } from "./frame.ts";

/** How a compiled run ended: "unavailable" = nothing ran, "trapped" = run again exactly. */
export type CompiledEnd = "finished" | "trapped" | "unavailable";

/** Instances that a runner finds by program. */
const INSTANCES_MAX = 1024;

/**
 * What runs over one linear memory: the kernel, linked programs, and the compiled frame that is
 * running now.
 */
class Linkage {
  readonly memory: LinearMemory;
  readonly kernel: Kernel;
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
      instance = instantiate(code, { ...this, host: (index) => this.#callHost(index) });
      this.instances.set(code, instance);
    }
    return instance;
  }

  /**
   * Host function `index` of the running frame, and the calls it asks for; non-zero = the frame
   * ends.
   */
  #callHost(index: number): number {
    const frame = this.frame!;
    let answer = frame.program.hosts[index]!(frame);
    if (answer === HOST.CALL) {
      answer = this.runPending(frame);
      this.frame = frame;
    }
    if (answer === HOST.CONTINUE) return 0;
    this.memory.i32[(frame.address + FRAME.OUTCOME) >>> 2] = frame.outcome;
    return 1;
  }
}

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

  /**
   * Runs `frame`, which is at its beginning. After "trapped" its memory, gas and journal are to be
   * restored.
   */
  run(frame: Frame, exact: boolean): CompiledEnd {
    const instance = this.#instance(frame.program, exact);
    if (instance === undefined) return "unavailable";
    const linkage = this.#linkage;
    const { frame: outer, runPending } = linkage;
    linkage.frame = frame;
    linkage.runPending = this.#runPending;
    try {
      frame.outcome = instance.run(frame.address);
    } catch (thrown) {
      // A trap, or guest recursion that exhausted the native stack. Anything else is a defect of a
      // host function.
      if (!(thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError))
        throw thrown;
      if (countTrap(frame.program, exact)) {
        (exact ? this.#exact : this.#optimistic).delete(frame.program);
      }
      return "trapped";
    } finally {
      linkage.frame = outer;
      linkage.runPending = runPending;
    }
    // Merged charges make gas run out early: a host function's trap is certain only in the exact
    // run.
    return isTrap(frame.outcome) || frame.gas < 0n ? "trapped" : "finished";
  }
}
