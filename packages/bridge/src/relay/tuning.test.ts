import fc from "fast-check";
import { expect, test } from "vitest";
import { DEFAULT_TUNING, nextDelay } from "./tuning.ts";

const { backoffBaseMs, backoffMaxMs } = DEFAULT_TUNING;

test("a wait is at least the base, at most three times the last one, and never over the maximum", () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.nat(backoffMaxMs), random, (last, chance) => {
      const delay = nextDelay(DEFAULT_TUNING, last, chance);
      expect(delay).toBeGreaterThanOrEqual(backoffBaseMs);
      expect(delay).toBeLessThanOrEqual(backoffMaxMs);
      expect(delay).toBeLessThanOrEqual(Math.max(last, backoffBaseMs) * 3);
    }),
  );
});

test("waits grow to the maximum under bad luck and stay at the base under good luck", () => {
  let [long, short] = [0, 0];
  for (let i = 0; i < 10; i++) {
    long = nextDelay(DEFAULT_TUNING, long, 0.999);
    short = nextDelay(DEFAULT_TUNING, short, 0);
  }
  expect(long).toBe(backoffMaxMs);
  expect(short).toBe(backoffBaseMs);
});
