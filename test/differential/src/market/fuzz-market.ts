import { isDeepStrictEqual } from "node:util";
import { Random } from "../evm/random.ts";
import type { FuzzOptions, FuzzReport } from "../fuzz.ts";
import { EvmMarket } from "./evm-market.ts";
import type { MarketStep, MarketUnderTest } from "./market-under-test.ts";
import { ModelMarket } from "./model-market.ts";

const STEPS = 48;
const USD = 1_000_000n;
/** How every sequence begins. */
const FIRST: readonly (MarketStep["kind"] | undefined)[] = [
  "fundPool",
  "publishPrice",
  "deposit",
  "deposit",
];
const KINDS = [
  "deposit",
  "withdraw",
  "publishPrice",
  "publishPrice",
  "tradePerp",
  "tradePerp",
  "tradePerp",
  "tradeOption",
  "tradeOption",
  "settleOption",
  "settleOption",
  "liquidate",
  "liquidate",
] as const;

/**
 * Drives the reference model and the programs on chain with the same random sequences and compares errors, pool, open interest and
 * accounts after each step. A case is a sequence of 48 steps.
 */
export function fuzzMarket({ count, seed, onProgress }: FuzzOptions): FuzzReport {
  const mismatches: { seed: number; why: string }[] = [];
  for (let i = 0; i < count; i++) {
    const why = compareSequence(seed + i);
    if (why !== undefined) mismatches.push({ seed: seed + i, why });
    onProgress?.(i + 1);
  }
  return { cases: count, mismatches };
}

/** What differs first in the sequence of `seed`, or undefined. */
function compareSequence(seed: number): string | undefined {
  const random = new Random(seed);
  const model = new ModelMarket();
  const programs: [string, MarketUnderTest][] = [
    ["evm", new EvmMarket(random.below(2) === 0 ? "interpret" : "compile")],
  ];
  let now = 1_000_000n;
  let price = 3000n * USD;
  for (let i = 0; i < STEPS; i++) {
    now += BigInt(random.below(400));
    const step = randomStep(random, i, now, price);
    if (step.kind === "publishPrice") price = step.price;
    const expected = model.apply(step);
    for (const [name, program] of programs) {
      const actual = program.apply(step);
      if (isDeepStrictEqual(actual, expected)) continue;
      const show = (value: unknown): string =>
        JSON.stringify(value, (_, v) => (typeof v === "bigint" ? `${v}` : v));
      return `${name}, step ${i} ${show(step)}: ${show(actual)} instead of ${show(expected)}`;
    }
  }
  return undefined;
}

function randomStep(random: Random, index: number, now: bigint, price: bigint): MarketStep {
  const kind: MarketStep["kind"] = FIRST[index] ?? random.pick(KINDS);
  const moved = (price * BigInt(80 + random.below(41))) / 100n;
  const isTrade = kind === "tradePerp" || kind === "tradeOption";
  const units = BigInt(1 + random.below(random.below(4) === 0 ? 20_000_000 : 3_000_000));
  const flag = random.below(2) === 0;
  return {
    kind,
    owner: random.below(3),
    other: random.below(3),
    now,
    amount:
      kind === "publishPrice"
        ? price / BigInt(40 + random.below(200))
        : isTrade
          ? units
          : units * 3000n,
    price: kind === "tradeOption" && random.below(2) === 0 ? 3000n * USD : moved,
    flag,
    isCall: random.below(2) === 0,
    expiry: 1_000_000n + BigInt(2500 + 2000 * random.below(4)),
    limit: random.below(8) === 0 ? price : flag ? 1n << 50n : 0n,
    slot: random.below(8) === 0 ? 3 : random.below(2),
  };
}
