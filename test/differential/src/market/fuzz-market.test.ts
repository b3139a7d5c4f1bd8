import { expect, test } from "vitest";
import { fuzzMarket } from "./fuzz-market.ts";

test("the markets in Solidity, Move and C give integers, errors and events of the reference model", () => {
  expect(fuzzMarket({ count: 4, seed: 1 }).mismatches).toEqual([]);
}, 240_000);
