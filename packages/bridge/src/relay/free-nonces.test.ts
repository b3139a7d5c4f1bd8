import { expect, test } from "vitest";
import type { LaneTransaction } from "../transfer.ts";
import { freeNonces } from "./free-nonces.ts";

const own = (nonce: bigint): LaneTransaction => ({
  lane: 1,
  source: 2,
  sequence: nonce,
  purpose: "import",
  signed: { chain: "c", id: `${nonce}`, bytes: new Uint8Array(), sender: "me", nonce },
});

const first = (
  included: bigint,
  pending: bigint,
  floor: bigint,
  open: bigint[],
  count: number,
): bigint[] => {
  const free = freeNonces({ included, pending }, floor, open.map(own), "me");
  return Array.from({ length: count }, () => free.next().value);
};

test("nonces of own transactions under way are left out", () => {
  expect(first(5n, 7n, 0n, [5n, 6n], 2)).toEqual([7n, 8n]);
});

test("a node that lags does not bring back a nonce that was used", () => {
  expect(first(3n, 3n, 6n, [], 1)).toEqual([6n]);
});

test("a gap below an own transaction is filled first", () => {
  expect(first(5n, 7n, 0n, [6n], 2)).toEqual([5n, 7n]);
});

test("a stranger's transaction of the same account in the pool is left alone", () => {
  expect(first(5n, 6n, 0n, [], 1)).toEqual([6n]);
});

test("what another sender has reserved does not matter", () => {
  const free = freeNonces({ included: 5n, pending: 5n }, 0n, [own(5n)], "you");
  expect(free.next().value).toBe(5n);
});
