import type { EngineOptions } from "@dragoman/core";
import type { ForkName } from "@dragoman/frontend-evm";
import type { FuzzOptions, FuzzReport } from "../fuzz.ts";
import { type Ending, makeCase, makeWorld, type World, worldOf } from "./case.ts";
import { EthereumJsOracle } from "./oracle.ts";
import { runSubject } from "./subject.ts";

/** Tiers, and of how many cases each runs one; cases of one world share what was compiled. */
const TIERS: readonly { name: string; every: number; options: Partial<EngineOptions> }[] = [
  { name: "interpreted", every: 1, options: { tier: "interpret" } },
  { name: "compiled", every: 1, options: { tier: "compile" } },
  {
    name: "optimistic",
    every: 5,
    options: { tier: "interpret", moduleUnderTest: "optimistic-interpreted" },
  },
  {
    name: "exact compiled",
    every: 81,
    options: { tier: "compile", moduleUnderTest: "exact-compiled" },
  },
];

const MISMATCHES_MAX = 20;
const FORK: ForkName = "osaka";

/** Random programs on our machine, in its tiers, against @ethereumjs/evm: outcome, gas, refund, output, logs, state. */
export async function fuzzEvm({ count, seed, onProgress }: FuzzOptions): Promise<FuzzReport> {
  const oracle = await EthereumJsOracle.open(FORK);
  const mismatches: { seed: number; why: string }[] = [];
  let world: World | undefined;
  let cases = 0;
  for (; cases < count && mismatches.length < MISMATCHES_MAX; cases++) {
    const at = seed + cases;
    if (world === undefined || worldOf(at) !== worldOf(at - 1)) world = makeWorld(worldOf(at));
    const test = makeCase(at, world);
    const expected = await oracle.run(test);
    for (const { name, every, options } of TIERS) {
      if (cases % every !== 0) continue;
      const why = difference(runSubject(test, FORK, options), expected);
      if (why === undefined) continue;
      mismatches.push({ seed: at, why: `${name}: ${why}` });
      break;
    }
    onProgress?.(cases + 1);
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
