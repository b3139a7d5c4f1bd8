import { MemoryState } from "../journal/state.ts";
import { optimise } from "../passes/optimise.ts";
import { Random } from "./random.ts";
import { randomRequest } from "./random-hosts.ts";
import { randomProgram } from "./random-ir.ts";
import { runBothTiers } from "./run-both-tiers.ts";

export interface FuzzOptions {
  /** Programs to run. */
  readonly count: number;
  /** Seed of the first; the others have the numbers after it. */
  readonly seed: number;
  /** Told after each program how many have been run. */
  readonly onProgress?: (cases: number) => void;
}

export interface FuzzReport {
  readonly cases: number;
  /** Programs on which the tiers do not agree, or that fail in another way; `seed` alone makes the program again. */
  readonly mismatches: readonly { readonly seed: number; readonly why: string }[];
}

const GAS_MAX = 4000;

/**
 * Differential fuzzing of the core: random programs, exact in the interpreter, optimised in the interpreter, and both compiled.
 * Outcome, gas, output, logs and changes must agree, and both modules must pass the verifier.
 */
export function fuzzCore({ count, seed, onProgress }: FuzzOptions): FuzzReport {
  const mismatches: { seed: number; why: string }[] = [];
  for (let i = 0; i < count; i++) {
    const why = runCase(seed + i);
    if (why !== undefined) mismatches.push({ seed: seed + i, why });
    onProgress?.(i + 1);
  }
  return { cases: count, mismatches };
}

/** Why the tiers do not agree on the program of `seed`; undefined = they do. */
function runCase(seed: number): string | undefined {
  try {
    const program = randomProgram(seed, (exact) => optimise(exact));
    const gas = BigInt(new Random(~seed).below(GAS_MAX));
    runBothTiers(new MemoryState(), () => randomRequest(program, gas));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : `${error}`;
  }
}
