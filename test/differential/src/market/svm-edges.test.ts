import type { MarketAction } from "@dragoman/chain";
import { bps, notional, premium } from "@dragoman/quant";
import { expect, test } from "vitest";
import { Random } from "../evm/random.ts";
import { OWNERS, PUBLISHER, VOLATILITY } from "./market-under-test.ts";
import { MachineChain } from "./svm-chain.ts";
import { SvmMarket } from "./svm-market.ts";

const USD = 1_000_000n;
const UNIT = 1_000_000n;
const START = 1_000_000n;
const [ANN, BOB] = OWNERS as [string, string];

const price = (value: bigint, time: bigint): MarketAction => ({
  type: "publishPrice",
  price: value,
  confidence: USD,
  time,
});

function market(): SvmMarket {
  const made = new SvmMarket(new MachineChain("interpret"), 2);
  made.act({ type: "fundPool", amount: 100_000n * USD }, BOB, START);
  made.act(price(3000n * USD, START), PUBLISHER, START);
  made.act({ type: "deposit", amount: 1000n * USD }, ANN, START);
  return made;
}

test("a price is usable for 3,600 seconds, the last included", () => {
  const perp: MarketAction = { type: "tradePerp", isLong: true, size: UNIT, limit: 1n << 50n };
  expect(market().act(perp, ANN, START + 3600n).error).toBe(0);
  expect(market().act(perp, ANN, START + 3601n).error).toBe(2);
});

test("a short option pays at its end what the account has, and no more", () => {
  const short = market();
  const expiry = START + 1000n;
  const terms = { expiry, strike: 3000n * USD, isCall: true, isBuy: false };
  const sale = short.act({ type: "tradeOption", ...terms, size: UNIT, limit: 0n }, ANN, START);
  expect(sale.error).toBe(0);
  short.act(price(9000n * USD, expiry), PUBLISHER, expiry);
  const { collateral } = short.account(ANN);
  const { pool } = short.state();
  const end = short.act({ type: "settleOption", owner: ANN, slot: 0 }, BOB, expiry);
  expect(end).toMatchObject({ error: 0, events: [{ type: "OptionSettled", payout: 6000n * USD }] });
  expect(short.account(ANN)).toEqual({ collateral: 0n, options: [] });
  expect(short.state().pool).toBe(pool + collateral);
});

test("premiums are those of the reference model over the whole range of prices and strikes", () => {
  const random = new Random(7);
  const quoted = new SvmMarket(new MachineChain("compile"), 2);
  const wide = (): bigint =>
    1n + ((BigInt(random.next()) << 8n) % (1n << BigInt(1 + random.below(39))));
  for (let i = 0; i < 40; i++) {
    const now = START + BigInt(i);
    const mark = i % 2 === 0 ? (1n << 40n) - 1n - BigInt(random.below(1 << 20)) : wide();
    const published = quoted.act(
      { ...price(mark, now), confidence: 0n } as MarketAction,
      PUBLISHER,
      now,
    );
    expect(published.error).toBe(0);
    for (let j = 0; j < 20; j++) {
      const isCall = random.chance(50);
      const near = 1n + (mark * BigInt(50 + random.below(50))) / 100n;
      const strike = j % 4 === 0 ? wide() : near;
      const seconds = BigInt(1 + random.below(31_536_000));
      const size = (1n << 40n) - 1n - BigInt(random.below(1000));
      const trade = { strike, isCall, size, expiry: now + seconds, isBuy: true, limit: 0n };
      expect(quoted.quote({ type: "tradeOption", ...trade }, now)).toEqual({
        error: 0,
        price: mark,
        premium: notional(size, premium(mark, { strike, isCall }, VOLATILITY, seconds)),
        fee: bps(notional(size, mark), 3n),
      });
    }
  }
});
