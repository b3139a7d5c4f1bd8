import { expect, test } from "vitest";
import type { FunctionPlan } from "./module-plan.ts";
import { nativeStack } from "./native-stack.ts";

const plansOf = (callees: readonly (readonly number[])[]): FunctionPlan[] =>
  callees.map((list) => ({ callees: list }) as unknown as FunctionPlan);

const locals = (...counts: number[]): Map<number, number> => new Map(counts.entries());

test("the native stack of a program is that of its heaviest chain of calls", () => {
  // 0 calls 1 and 2, both call 3; 2 is the heavier.
  const plans = plansOf([[1, 2], [3], [3], []]);
  expect(nativeStack(plans, locals(10, 1, 100, 5), 0)).toBe(3 * 256 + 8 * (10 + 100 + 5));
  expect(nativeStack(plans, locals(10, 1, 100, 5), 1)).toBe(2 * 256 + 8 * (1 + 5));
});

test("functions that call each other count as 32 KiB, or more if one call of each needs more", () => {
  const plans = plansOf([[1], [2], [1]]);
  expect(nativeStack(plans, locals(1, 1, 1), 0)).toBe(32 << 10);
  expect(nativeStack(plans, locals(1, 8000, 1), 0)).toBeGreaterThan(64_000);
  expect(nativeStack(plansOf([[0]]), locals(3), 0)).toBe(32 << 10);
});
