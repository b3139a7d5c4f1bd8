import { TABLE_DOMAIN } from "@dragoman/frontend-move";
import { expect, test } from "vitest";
import { storageFee, storageGas } from "./storage-fee.ts";

const cell = (before: number | undefined, after: number | undefined) => ({
  domain: TABLE_DOMAIN,
  account: new Uint8Array(32),
  key: new Uint8Array(8),
  before: before === undefined ? undefined : new Uint8Array(before),
  after: after === undefined ? undefined : new Uint8Array(after),
});

test("a new cell pays for itself and its bytes, a larger one for its growth, others nothing", () => {
  // A slot, and 33 bytes before the key, 8 of it, 10 of the value.
  expect(storageFee([cell(undefined, 10)])).toBe(40_000n + 40n * 51n);
  expect(storageFee([cell(10, 15)])).toBe(200n);
  expect(storageFee([cell(15, 10), cell(10, undefined)])).toBe(0n);
});

test("the fee is paid in started gas units", () => {
  expect(storageGas(0n, 100n)).toBe(0n);
  expect(storageGas(101n, 100n)).toBe(2n);
});
