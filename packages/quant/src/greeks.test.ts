import fc from "fast-check";
import { expect, test } from "vitest";
import { greeksOf, scaleGreeks } from "./greeks.ts";
import { ONE } from "./q32.ts";

/** Black-Scholes in doubles, independent of the fixed-point code: density and an error function by a series. */
function reference(s: number, k: number, vol: number, years: number, isCall: boolean): number[] {
  const sd = vol * Math.sqrt(years);
  const d1 = Math.log(s / k) / sd + sd / 2;
  const phi = Math.exp((-d1 * d1) / 2) / Math.sqrt(2 * Math.PI);
  return [
    normal(d1) - (isCall ? 0 : 1),
    phi / (s * sd),
    (s * phi * Math.sqrt(years)) / 100,
    (-s * phi * vol) / (2 * Math.sqrt(years)) / 365,
  ];
}

/** Normal distribution by its Taylor series around 0 (Marsaglia 2004). */
function normal(x: number): number {
  if (x < -8) return 0;
  if (x > 8) return 1;
  let [sum, term] = [x, x];
  for (let i = 3; sum + term !== sum; i += 2) {
    term = (term * x * x) / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

test("greeks agree with Black-Scholes in doubles", () => {
  const cases = fc.record({
    price: fc.integer({ min: 100, max: 100_000 }),
    percent: fc.integer({ min: 60, max: 160 }),
    vol: fc.integer({ min: 20, max: 200 }),
    days: fc.integer({ min: 1, max: 365 }),
    isCall: fc.boolean(),
  });
  fc.assert(
    fc.property(cases, ({ price, percent, vol, days, isCall }) => {
      const strike = Math.floor((price * percent) / 100);
      const greeks = greeksOf(
        BigInt(price) * 1_000_000n,
        { strike: BigInt(strike) * 1_000_000n, isCall },
        (ONE * BigInt(vol)) / 100n,
        BigInt(days) * 86_400n,
      );
      const actual = [greeks.delta, greeks.gamma, greeks.vega, greeks.theta].map(
        (value) => Number(value) / 1e9,
      );
      const expected = reference(price, strike, vol / 100, days / 365, isCall);
      for (const [i, value] of expected.entries()) {
        const scale = [1, 1, price / 100, price / 100][i]!;
        expect(Math.abs(actual[i]! - value)).toBeLessThan(2e-6 * scale + 2e-9);
      }
    }),
  );
});

test("an option past its expiry has the delta of what it pays", () => {
  const at = (price: bigint, isCall: boolean): bigint =>
    greeksOf(price, { strike: 100n, isCall }, ONE, 0n).delta;
  expect([at(101n, true), at(99n, true), at(101n, false), at(99n, false)]).toEqual([
    1_000_000_000n,
    0n,
    0n,
    -1_000_000_000n,
  ]);
});

test("greeks scale with the size, also of a short position", () => {
  const greeks = { delta: 500_000_000n, gamma: 10n, vega: 3_000_000_000n, theta: -7n };
  expect(scaleGreeks(greeks, -2_000_000n)).toEqual({
    delta: -1_000_000_000n,
    gamma: -20n,
    vega: -6_000_000_000n,
    theta: 14n,
  });
});
