import { isDeepStrictEqual } from "node:util";
import { decodeHex } from "@dragoman/bytes";
import type { MarketAction, MarketEvent } from "@dragoman/chain";
import type { Tier } from "@dragoman/core";
import { decodePacket } from "@dragoman/protocol";
import { Random } from "../evm/random.ts";
import type { FuzzOptions, FuzzReport } from "../fuzz.ts";
import { EvmMarket } from "./evm-market.ts";
import {
  type ActionEnd,
  DOMAINS,
  type MarketUnderTest,
  NEWCOMER,
  OWNERS,
  PUBLISHER,
  WALLET,
} from "./market-under-test.ts";
import { ModelMarket } from "./model-market.ts";
import { MoveMarket } from "./move-market.ts";
import { type MarketWorld, randomAction, START, sentPacket } from "./random-action.ts";
import { MachineChain } from "./svm-chain.ts";
import { SvmMarket } from "./svm-market.ts";

const STEPS = 100;
const USD = 1_000_000n;
const EVERYBODY = [...OWNERS, NEWCOMER];

type Programs = readonly (readonly [name: string, make: Make])[];
type Make = (tier: Tier, domain: number) => MarketUnderTest;

/** The programs on chain. */
const PROGRAMS: Programs = [
  ["solidity", (tier, domain) => new EvmMarket(tier, domain)],
  ["move", (tier, domain) => new MoveMarket(tier, domain)],
  ["sbpf", (tier, domain) => new SvmMarket(new MachineChain(tier), domain)],
];

/** How the actions of sequences ended, by `type error`: what a run has covered. */
export const marketFuzzEnds: Map<string, number> = new Map();

/**
 * Drives the reference model and the programs on chain with the same random sequences: two markets each, on chains 1 and 2, that send each other
 * packets. Compared after every action: error, events and quote; after every one that was done the market's numbers, every account, and that
 * the vault holds what accounts and pool say; at the end receipts, and that no token was lost or made on the way. A case is a sequence of 100 actions in one tier.
 */
export function fuzzMarket(
  { count, seed, onProgress }: FuzzOptions,
  programs: Programs = PROGRAMS,
): FuzzReport {
  const mismatches: { seed: number; why: string }[] = [];
  for (let i = 0; i < count; i++) {
    const why = new Sequence(seed + i, programs).firstMismatch();
    if (why !== undefined) mismatches.push({ seed: seed + i, why });
    onProgress?.(i + 1);
  }
  return { cases: count, mismatches };
}

/** One end of the bridge: the model and the programs on one chain. */
interface MarketEnd {
  readonly domain: number;
  readonly model: ModelMarket;
  readonly programs: readonly (readonly [name: string, market: MarketUnderTest])[];
  price: bigint;
  /** Actions so far. */
  steps: number;
}

class Sequence {
  readonly #random: Random;
  readonly #ends: readonly MarketEnd[];
  readonly #world: MarketWorld = {
    now: START,
    price: 0n,
    domain: 0,
    hasPerp: false,
    options: [],
    weakest: NEWCOMER,
    spare: 0n,
    edgePrices: [],
    follow: undefined,
    sent: [],
  };

  constructor(seed: number, programs: Programs) {
    this.#random = new Random(seed);
    const tier = this.#random.chance(50) ? "interpret" : "compile";
    this.#ends = DOMAINS.map((domain) => ({
      domain,
      model: new ModelMarket(domain),
      programs: programs.map(([name, make]) => [name, make(tier, domain)] as const),
      price: 3000n * USD,
      steps: 0,
    }));
  }

  /** What differs first, or undefined. */
  firstMismatch(): string | undefined {
    for (let i = 0; i < STEPS; i++) {
      const { follow } = this.#world;
      if (follow === undefined) this.#world.now += BigInt(this.#random.below(120));
      const end = this.#end(follow);
      const owner = this.#random.pick(OWNERS);
      this.#look(end, owner);
      const action = follow ?? randomAction(this.#random, end.steps++, this.#world);
      const isPublisher = action.type === "publishPrice" && this.#random.below(20) !== 0;
      const sender = isPublisher ? PUBLISHER : owner;
      const why = this.#step(end, action, sender);
      if (why === undefined) continue;
      return `step ${i}, chain ${end.domain}, ${sender.slice(-2)} ${show(action)}: ${why}`;
    }
    for (const end of this.#ends) {
      const why = compareStates(end);
      if (why !== undefined) return `at the end, chain ${end.domain}: ${why}`;
    }
    return this.#compareReceipts() ?? this.#compareTokens();
  }

  /** The end that acts: any, or the one that acted last if something must follow there. */
  #end(follow: MarketAction | undefined): MarketEnd {
    const last = this.#ends.find(({ domain }) => domain === this.#world.domain);
    return follow !== undefined && last !== undefined ? last : this.#random.pick(this.#ends);
  }

  /** What the next action is chosen from. */
  #look({ domain, price, model }: MarketEnd, owner: string): void {
    const others = EVERYBODY.filter((other) => other !== owner);
    const options = [owner, ...others].flatMap((holder) =>
      model.account(holder).options.map(({ slot, expiry }) => ({ owner: holder, slot, expiry })),
    );
    const hasPerp = model.account(owner).perp !== undefined;
    const { now } = this.#world;
    const weakest = EVERYBODY.toSorted((one, two) =>
      model.strength(one, now) < model.strength(two, now) ? -1 : 1,
    )[0]!;
    const spare = model.spare(owner, now);
    const edgePrices = model.edgePrices(weakest, now) ?? [];
    const follow = undefined;
    const found = { domain, price, options, hasPerp, weakest, spare, edgePrices, follow };
    Object.assign(this.#world, found);
  }

  #step(end: MarketEnd, action: MarketAction, sender: string): string | undefined {
    const { now } = this.#world;
    const isTrade = action.type === "tradePerp" || action.type === "tradeOption";
    const cost = isTrade ? end.model.quote(action, now) : undefined;
    const expected = end.model.act(action, sender, now);
    const key = `${action.type} ${expected.error}`;
    marketFuzzEnds.set(key, (marketFuzzEnds.get(key) ?? 0) + 1);
    for (const [name, program] of end.programs) {
      if (isTrade) {
        const quote = program.quote(action, now);
        if (!isDeepStrictEqual(quote, cost)) return differs(`${name}, quote`, quote, cost);
      }
      const actual = program.act(action, sender, now);
      if (!isDeepStrictEqual(actual, expected)) return differs(name, actual, expected);
    }
    this.#note(end, action, expected);
    // A refused action leaves no trace: one that did would show after the next that is done.
    return expected.error === 0 ? compareStates(end) : undefined;
  }

  /** Keeps what the world must know of the action. */
  #note(end: MarketEnd, action: MarketAction, expected: ActionEnd): void {
    if (!("events" in expected)) return;
    const [event] = expected.events as [MarketEvent];
    if (action.type === "publishPrice") end.price = action.price;
    if (event.type === "PacketSent") this.#world.sent.push(sentPacket(event.packet));
    if (event.type !== "PacketReceived" && event.type !== "PacketRefunded") return;
    const packet = this.#world.sent.find(({ bytes }) => bytes === event.packet);
    if (packet !== undefined)
      packet.state = event.type === "PacketReceived" ? "received" : "refunded";
  }

  #compareReceipts(): string | undefined {
    for (const { bytes, source, destination } of this.#world.sent) {
      const end = this.#ends.find(({ domain }) => domain === destination);
      const { sequence } = decodePacket(decodeHex(bytes));
      const wanted = end?.model.received(source, sequence);
      for (const [name, program] of end?.programs ?? []) {
        const received = program.received(source, sequence);
        if (received !== wanted) return differs(`${name}, receipt`, received, wanted);
      }
    }
    return undefined;
  }

  /** SPEC.md, section 6: tokens on all chains and in flight are constant. */
  #compareTokens(): string | undefined {
    const wanted = WALLET * BigInt(OWNERS.length * this.#ends.length);
    let flying = 0n;
    for (const { bytes, state } of this.#world.sent) {
      if (state !== "flies") continue;
      const { collateral, poolValue } = decodePacket(decodeHex(bytes));
      flying += collateral + poolValue;
    }
    for (const [index, [name]] of this.#ends[0]!.programs.entries()) {
      const supplies = this.#ends.map(({ programs }) => programs[index]![1].tokens().supply);
      const all = supplies.reduce((sum, supply) => sum + supply, flying);
      if (all !== wanted) return differs(`${name}, tokens`, all, wanted);
    }
    return undefined;
  }
}

/** The market's numbers, every account, and what the vault holds. */
function compareStates({ model, programs }: MarketEnd): string | undefined {
  const state = model.state();
  for (const [name, program] of programs) {
    const actual = program.state();
    if (!isDeepStrictEqual(actual, state)) return differs(`${name}, state`, actual, state);
    let claims = actual.pool;
    for (const owner of EVERYBODY) {
      const account = program.account(owner);
      const wanted = model.account(owner);
      if (!isDeepStrictEqual(account, wanted)) return differs(`${name}, account`, account, wanted);
      claims += account.collateral;
    }
    const { vault } = program.tokens();
    if (vault !== claims) return differs(`${name}, vault`, vault, claims);
  }
  return undefined;
}

const show = (value: unknown): string =>
  JSON.stringify(value, (_, v) => (typeof v === "bigint" ? `${v}` : v));

const differs = (what: string, actual: unknown, expected: unknown): string =>
  `${what}: ${show(actual)} instead of ${show(expected)}`;
