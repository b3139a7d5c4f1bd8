import { expect, test } from "vitest";
import { LedgerClock } from "./clock.ts";

test("the clock moves forward by what it is told, and never back", () => {
  let millis = 5_500;
  const clock = new LedgerClock(() => millis);
  expect(clock.seconds()).toBe(5);
  clock.advance(3600);
  millis += 500;
  expect(clock.millis()).toBe(3_606_000);
  expect(() => clock.advance(-1)).toThrow(RangeError);
  expect(() => clock.advance(Number.NaN)).toThrow(RangeError);
});
