import type { FuzzOptions, FuzzReport } from "../fuzz.ts";
import { makeCase, makeWorld, WORLD_SHAPES, worldOf } from "./case.ts";
import { difference } from "./fuzz-evm.ts";
import { runSubject } from "./subject.ts";

/**
 * The programs of `fuzzEvm`, and programs that call each other all the time, each in the exact interpreter, compiled, and compiled for the
 * second time on one journal: all must end alike. No oracle.
 */
export function fuzzEvmTiers({ count, seed, onProgress }: FuzzOptions): FuzzReport {
  const mismatches: { seed: number; why: string }[] = [];
  for (let i = 0; i < count; i++) {
    for (const shape of WORLD_SHAPES) {
      const test = makeCase(seed + i, makeWorld(worldOf(seed + i), shape));
      const exact = runSubject(test, "osaka", { tier: "interpret" });
      for (const runs of [1, 2]) {
        const why = difference(runSubject(test, "osaka", { tier: "compile" }, runs), exact);
        if (why !== undefined)
          mismatches.push({ seed: seed + i, why: `${shape}, compiled, run ${runs}: ${why}` });
      }
    }
    onProgress?.(i + 1);
  }
  return { cases: count, mismatches };
}
