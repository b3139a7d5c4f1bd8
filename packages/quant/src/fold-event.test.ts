import type { MarketAction, MarketEvent } from "@dragoman/chain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Account, NO_ACCOUNT } from "./account.ts";
import { applyAction } from "./apply-action.ts";
import { emptyNumbers, foldEvent, ownersOf } from "./fold-event.ts";
import { MarketError } from "./market-error.ts";
import { MarketModel } from "./market-model.ts";
import { ONE } from "./q32.ts";

const USD = 1_000_000n;
const UNIT = 1_000_000n;
const VOL = (ONE * 8n) / 10n;
const OWNERS = ["0a", "0b", "0c"].map((byte) => `0x${byte.repeat(32)}`);

const owner = fc.constantFrom(...OWNERS);
const amount = fc.bigInt({ min: 1n, max: 3000n * USD });
const size = fc.bigInt({ min: 1n, max: 2n * UNIT });
const price = fc.bigInt({ min: 2000n * USD, max: 4500n * USD });
const limitOf = (isBuy: boolean): bigint => (isBuy ? (1n << 40n) - 1n : 0n);

/** An action on one of two markets; of packets, the number of the one to import or refund. */
type Step = { readonly on: number; readonly who: string } & (
  | { readonly action: MarketAction }
  | { readonly price: bigint }
  | { readonly deliver: number; readonly isRefund: boolean }
);

const tradePerp = fc.record({ isLong: fc.boolean(), size }).map((trade) => ({
  action: { type: "tradePerp", ...trade, limit: limitOf(trade.isLong) } as const,
}));
const tradeOption = fc
  .record({
    expiry: fc.constantFrom(2500n, 6000n, 9000n),
    strike: fc.constantFrom(2500n * USD, 3000n * USD),
    isCall: fc.boolean(),
    isBuy: fc.boolean(),
    size,
  })
  .map((trade) => ({
    action: { type: "tradeOption", ...trade, limit: limitOf(trade.isBuy) } as const,
  }));
const exported = fc
  .record({
    what: fc.nat(5),
    collateral: fc.bigInt({ min: 0n, max: 500n * USD }),
    recipient: owner,
  })
  .map((order) => ({
    action: { type: "exportPosition", destination: 0, timeout: 1n << 30n, ...order } as const,
  }));
const step: fc.Arbitrary<Step> = fc
  .tuple(
    fc.nat(1),
    owner,
    fc.oneof(
      {
        weight: 3,
        arbitrary: amount.map((a) => ({ action: { type: "deposit", amount: a } as const })),
      },
      amount.map((a) => ({ action: { type: "withdraw", amount: a } as const })),
      amount.map((a) => ({ action: { type: "fundPool", amount: a } as const })),
      { weight: 4, arbitrary: tradePerp },
      { weight: 4, arbitrary: tradeOption },
      { weight: 3, arbitrary: exported },
      fc
        .tuple(owner, fc.nat(3))
        .map(([of, slot]) => ({ action: { type: "settleOption", owner: of, slot } as const })),
      {
        weight: 2,
        arbitrary: owner.map((of) => ({ action: { type: "liquidate", owner: of } as const })),
      },
      { weight: 3, arbitrary: price.map((p) => ({ price: p })) },
      { weight: 3, arbitrary: fc.record({ deliver: fc.nat(5), isRefund: fc.boolean() }) },
    ),
  )
  .map(([on, who, rest]) => ({ on, who, ...rest }));

interface Market {
  readonly model: MarketModel;
  numbers: ReturnType<typeof emptyNumbers>;
  readonly accounts: Map<string, Account>;
}

const newMarket = (domain: number): Market => ({
  model: new MarketModel(VOL, { domain, isAttested: () => true }),
  numbers: emptyNumbers(VOL),
  accounts: new Map(),
});

/** The event of a step, or undefined if the market refused. */
function perform(step: Step, markets: readonly Market[], sent: string[], now: bigint) {
  const { model } = markets[step.on]!;
  try {
    if ("price" in step) return model.publishPrice(step.price, USD, now, now);
    if ("deliver" in step) {
      const packet = sent[step.deliver];
      if (packet === undefined) return undefined;
      const type = step.isRefund ? "refundPacket" : "importPacket";
      return applyAction(model, { type, packet, signatures: [] }, step.who, now);
    }
    const { action } = step;
    const routed =
      action.type === "exportPosition" ? { ...action, destination: 2 - step.on } : action;
    return applyAction(model, routed, step.who, now);
  } catch (error) {
    if (error instanceof MarketError) return undefined;
    throw error;
  }
}

function follow(market: Market, event: MarketEvent, now: bigint): void {
  const account = (who: string): Account => market.accounts.get(who) ?? NO_ACCOUNT;
  const change = foldEvent({ numbers: market.numbers, account }, event, now);
  const expected = ownersOf(event);
  for (const [who, changed] of change.accounts) {
    expect(expected).toContain(who);
    market.accounts.set(who, changed);
  }
  market.numbers = { ...change.numbers };
}

test("the events of a market, folded in their order, are its state", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 80, size: "max" }), (steps) => {
      const markets = [newMarket(1), newMarket(2)];
      const sent: string[] = [];
      let now = 1000n;
      for (const market of markets) {
        follow(market, market.model.fundPool(OWNERS[0]!, 100_000n * USD), now);
        follow(market, market.model.publishPrice(3000n * USD, USD, now, now), now);
        for (const who of OWNERS) follow(market, market.model.deposit(who, 2000n * USD), now);
      }
      for (const each of steps) {
        now += 60n;
        const event = perform(each, markets, sent, now);
        if (event === undefined) continue;
        seen.add(event.type);
        if (event.type === "PacketSent") sent.push(event.packet);
        const market = markets[each.on]!;
        follow(market, event, now);
        expect(market.numbers).toEqual(market.model.numbers);
        for (const who of OWNERS) {
          expect(market.accounts.get(who) ?? NO_ACCOUNT).toEqual(market.model.account(who));
        }
      }
    }),
    { numRuns: 400 },
  );
  expect([...seen].sort()).toEqual([
    "Deposited",
    "Liquidated",
    "OptionSettled",
    "OptionTraded",
    "OracleUpdated",
    "PacketReceived",
    "PacketRefunded",
    "PacketSent",
    "PerpTraded",
    "PoolFunded",
    "Withdrawn",
  ]);
});
