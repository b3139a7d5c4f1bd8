import { expect, test } from "vitest";
import { fuzzEvmTransactions } from "./fuzz-evm-transactions.ts";

test("random blocks end as on @ethereumjs/vm and anvil: validity, receipts, accounts, roots", async () => {
  const { cases, mismatches } = await fuzzEvmTransactions({ count: 30, seed: 14 });
  expect(mismatches).toEqual([]);
  expect(cases).toBeGreaterThanOrEqual(30);
}, 240_000);
