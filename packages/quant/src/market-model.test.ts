import fc from "fast-check";
import { expect, test } from "vitest";
import { MarketError } from "./market-error.ts";
import { MarketModel } from "./market-model.ts";
import { ONE } from "./q32.ts";

const USD = 1_000_000n;
const UNIT = 1_000_000n;
const VOL = (ONE * 8n) / 10n;

function market(): MarketModel {
  const model = new MarketModel(VOL);
  model.fundPool("bob", 1_000_000n * USD);
  model.publishPrice(3000n * USD, USD, 1000n, 1000n);
  model.deposit("ann", 1000n * USD);
  return model;
}

const codeOf = (action: () => unknown): number => {
  try {
    action();
  } catch (error) {
    if (error instanceof MarketError) return error.code;
    throw error;
  }
  return 0;
};

test("a long perpetual gains with the price and can be closed", () => {
  const model = market();
  model.tradePerp("ann", true, UNIT, 3000n * USD, 1000n);
  model.publishPrice(3100n * USD, USD, 1001n, 1001n);
  const { pnl } = model.tradePerp("ann", false, UNIT, 3100n * USD, 1001n);
  expect(pnl).toBe(100n * USD);
  expect(model.account("ann").collateral).toBe(1100n * USD - 1_500_000n - 1_550_000n);
  expect(model.numbers.openLong).toBe(0n);
});

test("leverage beyond the initial margin is refused, and so is a withdrawal that would reach it", () => {
  const model = market();
  expect(codeOf(() => model.tradePerp("ann", true, 4n * UNIT, 3000n * USD, 1000n))).toBe(3);
  model.tradePerp("ann", true, 3n * UNIT, 3000n * USD, 1000n);
  expect(codeOf(() => model.withdraw("ann", 200n * USD, 1000n))).toBe(3);
});

test("a stale price stops trading, and a flat account can still withdraw", () => {
  const model = market();
  expect(codeOf(() => model.tradePerp("ann", true, UNIT, 3000n * USD, 9000n))).toBe(2);
  expect(codeOf(() => model.withdraw("ann", 1000n * USD, 9000n))).toBe(0);
});

test("an account below maintenance is liquidated once, and the liquidator is paid", () => {
  const model = market();
  model.tradePerp("ann", true, 3n * UNIT, 3000n * USD, 1000n);
  expect(codeOf(() => model.liquidate("ann", "bob", 1000n))).toBe(10);
  model.publishPrice(2800n * USD, USD, 1001n, 1001n);
  const { equity, reward } = model.liquidate("ann", "bob", 1001n);
  expect(equity).toBe(1000n * USD - 4_500_000n - 600n * USD);
  expect(model.account("bob").collateral).toBe(reward);
  expect(codeOf(() => model.liquidate("ann", "bob", 1001n))).toBe(10);
});

test("an option that is bought, held to expiry and settled pays its intrinsic value", () => {
  const model = market();
  const terms = { expiry: 5000n, strike: 2900n * USD, isCall: true };
  model.tradeOption("ann", terms, true, UNIT, 500n * USD, 1000n);
  expect(codeOf(() => model.settleOption("ann", 0, 4999n))).toBe(7);
  model.publishPrice(3200n * USD, USD, 5001n, 5001n);
  expect(model.settleOption("ann", 0, 5001n).payout).toBe(300n * USD);
  expect(codeOf(() => model.settleOption("ann", 0, 5001n))).toBe(9);
});

test("no sequence of actions creates or loses a unit", () => {
  const step = fc.record({
    kind: fc.nat(6),
    who: fc.constantFrom("ann", "bob"),
    flag: fc.boolean(),
    call: fc.boolean(),
    size: fc.bigInt({ min: 1n, max: 5n * UNIT }),
    price: fc.bigInt({ min: 1000n * USD, max: 6000n * USD }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const model = market();
      let put = 1_001_000n * USD;
      let now = 1000n;
      for (const { kind, who, flag, call, size, price } of steps) {
        now += 100n;
        const limit = flag ? 1n << 50n : 0n;
        const done = codeOf(() => {
          if (kind === 0) model.deposit(who, price);
          else if (kind === 1) model.withdraw(who, price, now);
          else if (kind === 2) model.publishPrice(price, USD, now, now);
          else if (kind === 3) model.tradePerp(who, flag, size, limit, now);
          else if (kind === 4) {
            model.tradeOption(
              who,
              { expiry: 2500n, strike: 3000n * USD, isCall: call },
              flag,
              size,
              limit,
              now,
            );
          } else if (kind === 5) model.settleOption(who, 0, now);
          else model.liquidate(who, "bob", now);
        });
        if (done === 0 && kind === 0) put += price;
        if (done === 0 && kind === 1) put -= price;
        let total = model.numbers.pool;
        for (const { collateral } of model.accounts.values()) total += collateral;
        expect(total).toBe(put);
      }
    }),
    { numRuns: 300 },
  );
});
