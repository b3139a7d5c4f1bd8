import { Random } from "@dragoman/core/testing";
import { LiteSVM } from "@dragoman/sdk-solana/lite-svm";
import type { FuzzOptions, FuzzReport } from "../fuzz.ts";
import { hasLightPackage, LIGHT_PACKAGE } from "./light/light-package.ts";
import { openLight } from "./light/open-light.ts";
import { randomTransaction, signedTransaction } from "./transactions/random-transaction.ts";
import { SvmPair } from "./transactions/svm-pair.ts";
import { setUpTokens } from "./transactions/token-instructions.ts";
import { OLD_TOKEN, openWorld, signersOf, type World } from "./transactions/world.ts";

/** Transactions that one pair of chains is given. */
const PER_WORLD = 400;
/** Slots that the clock moves between two transactions now and then. */
const SLOTS_MAX = 600;

/** Report of {@link fuzzTransactions}, with what the transactions did. */
export interface TransactionsReport extends FuzzReport {
  /** How often each outcome came, by the error in short. */
  readonly outcomes: Readonly<Record<string, number>>;
}

/**
 * Gives the same random transactions to our class and to litesvm, and compares all that they did: error, log, units, calls, returned data and every account. A seed
 * names a world of 400 transactions; after a difference the next world begins. Where the programs of ZK Compression were not fetched, a seed makes other
 * transactions, and the report says so.
 */
export async function fuzzTransactions({
  count,
  seed,
  onProgress,
}: FuzzOptions): Promise<TransactionsReport> {
  if (!(await LiteSVM.loadDefaultPrograms())) throw new Error("litesvm is not installed");
  const elf = SvmPair.oldTokenElf();
  const hasLight = hasLightPackage();
  const mismatches: { seed: number; why: string }[] = [];
  const outcomes = new Map<string, number>();
  const note = (outcome: string): void => {
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  };
  let cases = 0;
  for (let at = seed; cases < count; at++) {
    const pair = new SvmPair();
    pair.addProgram(OLD_TOKEN.toBase58(), elf);
    if (hasLight) openLight(pair);
    const world = openWorld(new Random(at), pair, hasLight);
    const wires = transactionsOf(world);
    for (let number = 0; number < PER_WORLD && cases < count; number++) {
      const wire = wires.next().value;
      const outcome = pair.send(wire, namesOf(world));
      cases++;
      if (outcome.kind === "different") {
        mismatches.push({ seed: at, why: `transaction ${number}: ${outcome.why}` });
        break;
      }
      note(outcome.kind === "known" ? "known" : outcome.error);
      onProgress?.(cases);
    }
  }
  const absent = hasLight ? [] : [`${LIGHT_PACKAGE} (npm run peers:protocols)`];
  return { cases, mismatches, absent, outcomes: Object.fromEntries(outcomes) };
}

/** Addresses that a lookup table can hold. */
const namesOf = (world: World): string[] =>
  signersOf(world).map(({ publicKey }) => publicKey.toBase58());

/** Wire bytes without end: what sets the tokens up, then random transactions, between which time passes. */
function* transactionsOf(world: World): Generator<Uint8Array, never> {
  const { random, pair, wallets } = world;
  for (const set of world.tokens) {
    for (const instructions of setUpTokens(world, set)) {
      const wire = signedTransaction(world, instructions, wallets[0]!.publicKey, true);
      if (wire !== undefined) yield wire;
    }
  }
  let last: Uint8Array | undefined;
  while (true) {
    if (random.oneIn(4)) {
      const { slot } = pair.ours.getClock();
      pair.warpToSlot(slot + BigInt(random.between(1, SLOTS_MAX)));
    }
    if (random.oneIn(6)) pair.expireBlockhash();
    const wire = last !== undefined && random.oneIn(60) ? last : randomTransaction(world);
    if (wire === undefined) continue;
    last = wire;
    yield wire;
  }
}
