import type { FuzzOptions, FuzzReport } from "../fuzz.ts";
import { makeCase } from "./case.ts";
import { difference } from "./fuzz-evm.ts";
import { runSubject } from "./subject.ts";

/**
 * The programs of `fuzzEvm`, each in the exact interpreter, compiled, and compiled for the second time on one journal: all must end alike. No
 * oracle.
 */
export function fuzzEvmTiers({ count, seed, onProgress }: FuzzOptions): FuzzReport {
  const mismatches: { seed: number; why: string }[] = [];
  for (let i = 0; i < count; i++) {
    const test = makeCase(seed + i);
    const exact = runSubject(test, "osaka", { tier: "interpret" });
    for (const runs of [1, 2]) {
      const why = difference(runSubject(test, "osaka", { tier: "compile" }, runs), exact);
      if (why !== undefined)
        mismatches.push({ seed: seed + i, why: `compiled, run ${runs}: ${why}` });
    }
    onProgress?.(i + 1);
  }
  return { cases: count, mismatches };
}
