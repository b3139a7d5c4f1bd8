import { expect, test } from "vitest";
import { fuzzSvmMarket } from "./svm-fuzz.ts";

test("the market in C gives the integers, errors and events of the reference model, bridge included", () => {
  expect(fuzzSvmMarket({ count: 8, seed: 1 }).mismatches).toEqual([]);
}, 240_000);
