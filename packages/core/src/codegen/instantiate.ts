import type { LinearMemory } from "../host/linear-memory.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { type CompiledCode, OUTCOME_CELL } from "./compile-module.ts";

/** What compiled code is linked to. */
export interface CompiledImports {
  readonly memory: LinearMemory;
  readonly kernel: Kernel;
  /**
   * Runs host function `index` for the frame at address `frame`: 0 = go on; anything else = the
   * frame ends, and its outcome stands in the frame's outcome cell.
   */
  readonly host: (index: number, frame: number) => number;
}

export interface CompiledInstance {
  /**
   * Runs the entry in the frame at `frame` and answers its outcome. The remaining gas is in the
   * frame's gas cell and may be negative: then the run is void. A trap throws
   * WebAssembly.RuntimeError, an exhausted native stack RangeError.
   */
  run(frame: number): number;
}

/**
 * Thrown by `leave` to unwind compiled functions to the entry's caller. Not an Error: nothing
 * captures a stack.
 */
const LEAVING = Object.freeze({ leaving: true });

function leave(): never {
  throw LEAVING;
}

/** Links compiled code to a memory, its kernel and a host. */
export function instantiate(code: CompiledCode, imports: CompiledImports): CompiledInstance {
  const { memory, kernel, host } = imports;
  const instance = new WebAssembly.Instance(code.module, {
    env: { memory: memory.memory, host, leave },
    kernel: kernel.exports,
  });
  const entry = instance.exports.run as (frame: number) => number;
  return {
    run(frame) {
      try {
        return entry(frame);
      } catch (thrown) {
        if (thrown !== LEAVING) throw thrown;
        return memory.i32[(frame + OUTCOME_CELL) >>> 2]!;
      }
    },
  };
}
