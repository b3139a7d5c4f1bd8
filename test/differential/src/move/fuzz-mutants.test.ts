import { expect, test } from "vitest";
import { fuzzMoveMutants } from "./fuzz-mutants.ts";

test("mutated modules that verify run alike in every tier", () => {
  const report = fuzzMoveMutants({ count: 300, seed: 7 });
  expect(report.mismatches).toEqual([]);
  expect(report.succeeded).toBeGreaterThan(0);
}, 120_000);
