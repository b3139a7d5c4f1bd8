import { expect, test } from "vitest";
import { fuzzEvmTiers } from "./fuzz-tiers.ts";

test("random EVM programs end alike in the exact interpreter and compiled", () => {
  expect(fuzzEvmTiers({ count: 60, seed: 2_000_000 }).mismatches).toEqual([]);
}, 60_000);
