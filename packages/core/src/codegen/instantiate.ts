import type { LinearMemory } from "../host/linear-memory.ts";
import type { IrModule } from "../ir/function.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { CompiledCode } from "./compile-module.ts";

/** What compiled code is linked to. */
export interface CompiledImports {
  readonly memory: LinearMemory;
  readonly kernel: Kernel;
  /**
   * Runs host function `index` for the frame at address `frame`: 0 = go on; anything else = the
   * frame ends, and its outcome stands in the frame's outcome cell.
   */
  readonly host: (index: number, frame: number) => number;
  /** Takes the journal back to the beginning of the frame, which was called by compiled code. */
  readonly rollBack: (frame: number) => void;
  /** Entries that compiled code calls. */
  readonly frames: WebAssembly.Table;
  /** Throws if an instruction (function, first word) of `module` may not touch `length` bytes at `address + offset`. */
  readonly assertAddress: (
    module: IrModule,
    ...touch: [fn: number, at: number, address: number, offset: number, length: number]
  ) => void;
}

/**
 * Runs the entry in the frame at `frame` and answers its outcome. The remaining gas is in the
 * frame's gas cell and may be negative: then the run is void. A trap throws
 * WebAssembly.RuntimeError, an exhausted native stack RangeError.
 */
export type CompiledInstance = (frame: number) => number;

/** Links compiled code to a memory, its kernel and a host. */
export function instantiate(code: CompiledCode, imports: CompiledImports): CompiledInstance {
  const { memory, kernel, host, rollBack, frames } = imports;
  const { asserted } = code;
  const asserts =
    asserted === undefined
      ? {}
      : { assertAddress: imports.assertAddress.bind(undefined, asserted) };
  const instance = new WebAssembly.Instance(code.module, {
    env: { memory: memory.memory, host, rollBack, frames, ...asserts },
    kernel: kernel.exports,
  });
  return instance.exports.run as CompiledInstance;
}
