import { LinearMemory } from "@dragoman/core";
import { EvmProgram, OP_ROWS } from "@dragoman/frontend-evm";
import { loadOurEvm } from "../ours/evm.ts";
import type { EvmWorkload } from "../workload/evm.ts";
import { type Counts, countsOf } from "./counts.ts";

/** Instructions by name that one run executes, calls included: counted in the interpreter. */
export async function countInstructions(workload: EvmWorkload): Promise<Counts> {
  const byCode = new Float64Array(256);
  const observer = (frame: { readonly program: unknown }, position: number): void => {
    if (frame.program instanceof EvmProgram) {
      byCode[frame.program.code[position] ?? 0] =
        (byCode[frame.program.code[position] ?? 0] ?? 0) + 1;
    }
  };
  await loadOurEvm(workload, { observer, memory: new LinearMemory() }).answer();
  return countsOf(
    [...byCode].map((count, code) => [OP_ROWS[code]?.[1] ?? `0x${code.toString(16)}`, count]),
  );
}
