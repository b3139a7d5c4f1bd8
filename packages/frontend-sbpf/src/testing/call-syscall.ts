import type { FeatureSet } from "../runtime/features.ts";
import type { SvmFailure } from "../runtime/instruction-error.ts";
import { runAssembly } from "./run-assembly.ts";

/** A number, a place in the operands, or where the result goes. */
export type SyscallArgument = number | { readonly at: number } | "result";

export interface SyscallEnd {
  readonly failure: SvmFailure | undefined;
  readonly r0: bigint;
  readonly result: Uint8Array;
  /** Units that the syscall itself took. */
  readonly units: number;
}

/** Calls one syscall from a program, in every tier, and reads what it left. */
export function callSyscall(
  name: string,
  args: readonly SyscallArgument[],
  operands: Uint8Array,
  resultSize: number,
  features?: FeatureSet,
): SyscallEnd {
  const load = args.flatMap((arg, index) => {
    const register = `r${index + 1}`;
    if (typeof arg === "number") return [`mov64 ${register}, ${arg}`];
    if (arg === "result") return [`mov64 ${register}, r10`, `add64 ${register}, -1024`];
    return [`mov64 ${register}, r6`, `add64 ${register}, ${arg.at}`];
  });
  const source = [
    "mov64 r6, r2",
    ...load,
    `syscall ${name}`,
    "stxdw [r10-1032], r0",
    "mov64 r1, r10",
    "add64 r1, -1032",
    `mov64 r2, ${8 + resultSize}`,
    "syscall sol_set_return_data",
    "mov64 r0, 0",
    "exit",
  ];
  const { output, failure, gasUsed } = runAssembly(source.join("\n"), {
    data: operands,
    gas: 1_000_000n,
    ...(features === undefined ? {} : { transaction: { features } }),
  });
  // What is after a syscall that failed was not run.
  const after = failure === undefined ? 7 + 100 + Math.floor((8 + resultSize) / 250) : 0;
  const bytes = Buffer.from(output);
  return {
    failure,
    r0: failure === undefined ? bytes.readBigUInt64LE() : 0n,
    result: new Uint8Array(bytes.subarray(8)),
    units: gasUsed - after - load.length - 2,
  };
}
