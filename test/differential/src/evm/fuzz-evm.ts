import type { EngineOptions } from "@dragoman/core";
import type { ForkName } from "@dragoman/frontend-evm";
import { type Ending, makeCase } from "./case.ts";
import { EthereumJsOracle } from "./oracle.ts";
import { runSubject } from "./subject.ts";

export interface FuzzReport {
  readonly cases: number;
  readonly mismatches: readonly { readonly seed: number; readonly why: string }[];
}

export interface FuzzOptions {
  readonly count: number;
  /** Case i has seed `seed + i`. */
  readonly seed: number;
  readonly fork?: ForkName;
  readonly progress?: (done: number, mismatches: number) => void;
}

/** Tiers, and of how many cases each runs one: making wasm takes most of the time of a small program. */
const TIERS: readonly { name: string; every: number; options: Partial<EngineOptions> }[] = [
  { name: "interpreted", every: 1, options: { tier: "interpret" } },
  {
    name: "optimistic",
    every: 1,
    options: { tier: "interpret", moduleUnderTest: "optimistic-interpreted" },
  },
  { name: "compiled", every: 8, options: { tier: "compile" } },
  {
    name: "exact compiled",
    every: 80,
    options: { tier: "compile", moduleUnderTest: "exact-compiled" },
  },
];

const MISMATCHES_MAX = 20;

/** Random programs on our machine, in its tiers, against @ethereumjs/evm: outcome, gas, refund, output, logs, state. */
export async function fuzzEvm({
  count,
  seed,
  fork = "osaka",
  progress,
}: FuzzOptions): Promise<FuzzReport> {
  const oracle = await EthereumJsOracle.open(fork);
  const mismatches: { seed: number; why: string }[] = [];
  let cases = 0;
  for (; cases < count && mismatches.length < MISMATCHES_MAX; cases++) {
    const test = makeCase(seed + cases);
    const expected = await oracle.run(test);
    for (const { name, every, options } of TIERS) {
      if (cases % every !== 0) continue;
      const why = difference(runSubject(test, fork, options), expected);
      if (why === undefined) continue;
      mismatches.push({ seed: test.seed, why: `${name}: ${why}` });
      break;
    }
    if (cases % 1000 === 999) progress?.(cases + 1, mismatches.length);
  }
  return { cases, mismatches };
}

/** What differs, in a sentence; undefined = nothing. */
export function difference(actual: Ending, expected: Ending): string | undefined {
  if (actual.outcome !== expected.outcome) {
    return `${actual.outcome} (${actual.why}) instead of ${expected.outcome} (${expected.why})`;
  }
  if (actual.gas !== expected.gas)
    return `gas ${actual.gas} instead of ${expected.gas} (${actual.outcome} ${expected.why})`;
  if (actual.output !== expected.output)
    return `output ${actual.output} instead of ${expected.output}`;
  if (actual.outcome !== "ok") return undefined;
  if (actual.refund !== expected.refund)
    return `refund ${actual.refund} instead of ${expected.refund}`;
  if (actual.logs.join("\n") !== expected.logs.join("\n"))
    return `logs ${actual.logs} instead of ${expected.logs}`;
  for (const key of new Set([...actual.state.keys(), ...expected.state.keys()])) {
    const [ours, theirs] = [actual.state.get(key), expected.state.get(key)];
    if (ours !== theirs) return `${key} is ${ours} instead of ${theirs}`;
  }
  return undefined;
}
