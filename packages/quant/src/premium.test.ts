import fc from "fast-check";
import { expect, test } from "vitest";
import { intrinsic, premium } from "./premium.ts";
import { cdf, expNeg, isqrt, ln, ONE } from "./q32.ts";

const USD = 1_000_000n;
const toQ32 = (x: number): bigint => BigInt(Math.round(x * 2 ** 32));
const fromQ32 = (x: bigint): number => Number(x) / 2 ** 32;

test("a call at the money for a year at 80 % is worth what the textbooks say", () => {
  const call = premium(3000n * USD, { strike: 3000n * USD, isCall: true }, toQ32(0.8), 31_536_000n);
  expect(Number(call) / 1e6).toBeCloseTo(932.53, 1);
});

test("exponential, logarithm and distribution agree with doubles", () => {
  for (let x = 0.001; x < 20; x *= 1.7) {
    expect(fromQ32(expNeg(toQ32(x)))).toBeCloseTo(Math.exp(-x), 8);
    expect(fromQ32(ln(toQ32(1 + x)))).toBeCloseTo(Math.log(1 + x), 7);
  }
  expect(fromQ32(cdf(ONE))).toBeCloseTo(0.841344746, 6);
  expect(fromQ32(cdf(0n))).toBeCloseTo(0.5, 6);
});

test("isqrt is the floor of the root", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (value) => {
      const r = isqrt(value);
      expect(r * r <= value && (r + 1n) * (r + 1n) > value).toBe(true);
    }),
  );
});

test("a premium lies between intrinsic value and its bound, and a call plus strike equals a put plus price within a unit", () => {
  const amount = fc.bigInt({ min: 1n, max: (1n << 40n) - 1n });
  const vol = fc.bigInt({ min: 1n, max: 4n * ONE });
  const time = fc.bigInt({ min: 0n, max: 31_536_000n });
  fc.assert(
    fc.property(amount, amount, vol, time, (price, strike, volatility, seconds) => {
      const call = premium(price, { strike, isCall: true }, volatility, seconds);
      const put = premium(price, { strike, isCall: false }, volatility, seconds);
      expect(call >= intrinsic(price, { strike, isCall: true }) && call <= price).toBe(true);
      expect(put >= intrinsic(price, { strike, isCall: false }) && put <= strike).toBe(true);
    }),
    { numRuns: 500 },
  );
});
