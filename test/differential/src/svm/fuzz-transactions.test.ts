import { expect, test } from "vitest";
import { fuzzTransactions } from "./fuzz-transactions.ts";

test("random transactions over eight programs do the same as in litesvm", async () => {
  const { mismatches, outcomes } = await fuzzTransactions({ count: 150, seed: 7 });
  expect(mismatches).toEqual([]);
  // Most fail, in many ways; enough must succeed for states to differ if anything does.
  expect(outcomes.none).toBeGreaterThan(30);
  expect(Object.keys(outcomes).length).toBeGreaterThan(10);
}, 120_000);
