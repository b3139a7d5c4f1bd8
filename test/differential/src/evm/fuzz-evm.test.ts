import { expect, test } from "vitest";
import { fuzzEvm } from "./fuzz-evm.ts";

test("random EVM programs end as on @ethereumjs/evm, interpreted and compiled", async () => {
  const { cases, mismatches } = await fuzzEvm({ count: 100, seed: 3_000_000 });
  expect(mismatches).toEqual([]);
  expect(cases).toBe(100);
}, 120_000);
