import { expect, test } from "vitest";
import { fuzzMarket } from "./fuzz-market.ts";

test("the market in Solidity gives the integers and errors of the reference model", () => {
  expect(fuzzMarket({ count: 6, seed: 1 }).mismatches).toEqual([]);
}, 120_000);
