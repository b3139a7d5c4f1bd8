import { isDeepStrictEqual } from "node:util";
import { isAttested } from "@dragoman/bridge";
import type { AccountState, MarketAction, MarketEvent, MarketState } from "@dragoman/chain";
import { type Account, applyAction, MarketError, MarketModel } from "@dragoman/quant";
import { Random } from "../evm/random.ts";
import type { FuzzOptions, FuzzReport } from "../fuzz.ts";
import { VOLATILITY } from "./market-under-test.ts";
import { MachineChain } from "./svm-chain.ts";
import { ATTESTERS, SVM_DOMAIN, SVM_THRESHOLD, SvmMarket, svmOwner } from "./svm-market.ts";
import { randomAction, SVM_NEWCOMER, SVM_OWNERS, type SvmWorld } from "./svm-random-action.ts";

const STEPS = 60;
const USD = 1_000_000n;
const attesters = new Set(ATTESTERS.map(({ address }) => address));
const OWNERS = [...Array.from({ length: SVM_OWNERS }, (_, i) => svmOwner(i)), SVM_NEWCOMER];
/** Errors of a trade that its quote has too. */
const QUOTED_ERRORS: readonly (number | string)[] = [1, 2, 7];

type End = { readonly error: number | string; readonly event?: MarketEvent };

/**
 * Drives the market in C, on the machine beside SPL Token's real program, with random actions, the bridge's among them, and compares with the
 * reference model after each: error, event, all numbers, all accounts, quotes, and that the vault holds what the accounts and the pool say. A
 * case is a sequence of 60 actions in one tier.
 */
export function fuzzSvmMarket({ count, seed, onProgress }: FuzzOptions): FuzzReport {
  const mismatches: { seed: number; why: string }[] = [];
  for (let i = 0; i < count; i++) {
    const why = new Sequence(seed + i).firstMismatch();
    if (why !== undefined) mismatches.push({ seed: seed + i, why });
    onProgress?.(i + 1);
  }
  return { cases: count, mismatches };
}

/** What the actions of sequences ended with: how often each, by `type error`. */
export const svmFuzzEnds: Map<string, number> = new Map();

class Sequence {
  readonly #random: Random;
  readonly #program: SvmMarket;
  readonly #model: MarketModel;
  readonly #sent: string[] = [];
  readonly #world = { now: 1_000_000n, price: 3000n * USD, sent: this.#sent, imported: 0 };

  constructor(seed: number) {
    this.#random = new Random(seed);
    const tier = this.#random.chance(50) ? "interpret" : "compile";
    this.#program = new SvmMarket(new MachineChain(tier), SVM_OWNERS, VOLATILITY);
    this.#model = new MarketModel(VOLATILITY, {
      domain: SVM_DOMAIN,
      isAttested: (digest, signatures) => isAttested(digest, signatures, attesters, SVM_THRESHOLD),
    });
  }

  firstMismatch(): string | undefined {
    for (let i = 0; i < STEPS; i++) {
      this.#world.now += BigInt(this.#random.below(400));
      const action = randomAction(this.#random, i, this.#world as SvmWorld);
      const sender = svmOwner(this.#random.below(SVM_OWNERS));
      const why = this.#step(action, sender);
      if (why !== undefined) return `step ${i}, ${sender.slice(-2)} ${show(action)}: ${why}`;
    }
    return undefined;
  }

  #step(action: MarketAction, sender: string): string | undefined {
    const { now } = this.#world;
    const expected = this.#expected(action, sender);
    const quotes = this.#compareQuote(action, expected);
    if (quotes !== undefined) return quotes;
    const actual = this.#program.act(action, sender, now);
    const key = `${action.type} ${expected.error}`;
    svmFuzzEnds.set(key, (svmFuzzEnds.get(key) ?? 0) + 1);
    if (!isDeepStrictEqual(actual, expected)) {
      return `${show(actual)} instead of ${show(expected)}`;
    }
    if (expected.event?.type === "PacketSent") this.#sent.push(expected.event.packet);
    if (action.type === "publishPrice" && expected.error === 0) this.#world.price = action.price;
    return this.#compareState();
  }

  #expected(action: MarketAction, sender: string): End {
    try {
      return { error: 0, event: applyAction(this.#model, action, sender, this.#world.now) };
    } catch (error) {
      if (error instanceof MarketError) return { error: error.code };
      throw error;
    }
  }

  #compareQuote(action: MarketAction, expected: End): string | undefined {
    if (action.type !== "tradePerp" && action.type !== "tradeOption") return undefined;
    const { end, quote } = this.#program.quote(action, this.#world.now);
    const error = end.failure === undefined ? 0 : (end.failure.custom ?? end.failure.text);
    const wanted = QUOTED_ERRORS.includes(expected.error) ? expected.error : 0;
    if (error !== wanted) return `the quote ends with ${error} instead of ${wanted}`;
    const { event } = expected;
    if (event?.type !== "PerpTraded" && event?.type !== "OptionTraded") return undefined;
    const premium = event.type === "PerpTraded" ? 0n : event.premium;
    const cost = { price: this.#model.numbers.price, premium, fee: event.fee };
    return isDeepStrictEqual(quote, cost)
      ? undefined
      : `quote ${show(quote)} instead of ${show(cost)}`;
  }

  #compareState(): string | undefined {
    const state = this.#program.state();
    for (const [name, value] of Object.entries(this.#model.numbers)) {
      const actual = state[name as keyof MarketState];
      if (actual !== value) return `${name} ${actual} instead of ${value}`;
    }
    let claims = state.pool;
    for (const owner of OWNERS) {
      const actual = this.#program.account(owner);
      const wanted = stateOf(this.#model.account(owner));
      if (!isDeepStrictEqual(actual, wanted)) {
        return `account ${owner.slice(-2)} ${show(actual)} instead of ${show(wanted)}`;
      }
      claims += actual.collateral;
    }
    const { vault, supply } = this.#program.tokens();
    if (vault !== claims) return `the vault holds ${vault}, claims are ${claims}`;
    const outside = OWNERS.slice(0, SVM_OWNERS).reduce(
      (sum, o) => sum + this.#program.wallet(o),
      0n,
    );
    return supply === vault + outside ? undefined : `supply ${supply}, held ${vault + outside}`;
  }
}

const show = (value: unknown): string =>
  JSON.stringify(value, (_, v) => (typeof v === "bigint" ? `${v}` : v));

function stateOf({ collateral, perp, options }: Account): AccountState {
  const held = options
    .map(({ expiry, strike, isCall, isLong, size }, slot) => ({
      slot,
      expiry,
      strike,
      isCall,
      isLong,
      size,
    }))
    .filter(({ size }) => size > 0n);
  return perp.size === 0n
    ? { collateral, options: held }
    : { collateral, perp: { ...perp }, options: held };
}
