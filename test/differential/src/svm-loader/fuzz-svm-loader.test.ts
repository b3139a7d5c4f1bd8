import { expect, test } from "vitest";
import { fuzzSvmLoader } from "./fuzz-svm-loader.ts";

test("damaged programs are refused or loaded, as litesvm does", async () => {
  const { mismatches, accepted, compared } = await fuzzSvmLoader({ count: 3000, seed: 5 });
  expect(mismatches).toEqual([]);
  expect(accepted).toBeGreaterThan(100);
  expect(accepted).toBeLessThan(2900);
  expect(compared).toBe(30);
}, 120_000);
