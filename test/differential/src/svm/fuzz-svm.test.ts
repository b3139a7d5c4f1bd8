import { expect, test } from "vitest";
import { fuzzSvm } from "./fuzz-svm.ts";

test("200 runs of random programs are alike in every tier", () => {
  expect(fuzzSvm({ count: 200, seed: 1 }).mismatches).toEqual([]);
});

test.each([1027, 2209])("seed %i, which once differed, agrees", (seed) => {
  expect(fuzzSvm({ count: 10, seed }).mismatches).toEqual([]);
});
