import { type CellChange, Journal, MemoryState } from "@dragoman/core";
import { TABLE_DOMAIN } from "@dragoman/frontend-move";
import { expect, test } from "vitest";
import { chargeStorage, storageGas } from "./storage-fee.ts";

/** A journal, and what it says to changes of one cell to values of these sizes, one after the other. */
function charges(...sizes: readonly (number | undefined)[]) {
  const journal = new Journal(new MemoryState());
  let before: Uint8Array | undefined;
  return sizes.map((size) => {
    const after = size === undefined ? undefined : new Uint8Array(size);
    const { fee, refund } = chargeStorage(journal, [change(before, after)]);
    before = after;
    return [fee, refund];
  });
}

const change = (before: Uint8Array | undefined, after: Uint8Array | undefined): CellChange => ({
  domain: TABLE_DOMAIN,
  account: new Uint8Array(32),
  key: new Uint8Array(8),
  before,
  after,
});

// A slot, and 33 bytes before the key, 8 of it, 10 of the value.
const NEW = 40_000n + 40n * 51n;

test("a new cell pays for itself and its bytes, a larger one for its growth", () => {
  expect(charges(10, 15)).toEqual([
    [NEW, 0n],
    [200n, 0n],
  ]);
});

test("a cell that shrinks gets nothing, and grows again for nothing up to what it had", () => {
  expect(charges(10, 4, 9, 12)).toEqual([
    [NEW, 0n],
    [0n, 0n],
    [0n, 0n],
    [80n, 0n],
  ]);
});

test("a cell that goes gets all back, once", () => {
  expect(charges(10, 12, 3, undefined, 10)).toEqual([
    [NEW, 0n],
    [80n, 0n],
    [0n, 0n],
    [0n, NEW + 80n],
    [NEW, 0n],
  ]);
});

test("a cell for which nobody paid pays for its growth and gets that back", () => {
  const journal = new Journal(new MemoryState());
  const [old, grown] = [new Uint8Array(100), new Uint8Array(101)];
  expect(chargeStorage(journal, [change(old, grown)])).toEqual({ fee: 40n, refund: 0n });
  expect(chargeStorage(journal, [change(grown, undefined)])).toEqual({ fee: 0n, refund: 40n });
});

test("the fee is paid in started gas units", () => {
  expect(storageGas(0n, 100n)).toBe(0n);
  expect(storageGas(101n, 100n)).toBe(2n);
});
