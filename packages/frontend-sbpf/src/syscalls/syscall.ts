import type { FunctionBuilder, HostFunction } from "@dragoman/core";

/** A function that the runtime provides to programs; found by the hash of its name. */
export interface Syscall {
  readonly name: string;
  /** How many of r1 to r5 it reads. */
  readonly params: number;
  /** True if it never comes back: abort, sol_panic_. */
  readonly noReturn?: boolean;
  /**
   * The syscall itself. Arguments are i64 in the slots 0 to `params - 1`, the result is an i64 in slot 0; the CU of all instructions up to the
   * call are charged. It charges its own cost.
   */
  readonly run: HostFunction;
  /**
   * Writes the body of an IR function that does the same and traps bluntly where `run` fails: what compiled code calls. Parameters are
   * the values `args`; the body ends with `ret` of the result. `fallback` is the number of `run` in the host table.
   */
  readonly compile?: (builder: FunctionBuilder, args: readonly number[], fallback: number) => void;
}
