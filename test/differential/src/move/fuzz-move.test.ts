import { expect, test } from "vitest";
import { fuzzMove } from "./fuzz-move.ts";

test("random Move programs end alike in every tier, and most of them well", () => {
  const report = fuzzMove({ count: 200, seed: 7 });
  expect(report.mismatches).toEqual([]);
  expect(report.cases).toBe(200);
  expect(report.succeeded).toBeGreaterThan(100);
}, 120_000);
