import { keccak_256 } from "@noble/hashes/sha3.js";
import { expect, test } from "vitest";
import { keccak256 } from "./index.ts";

test("keccak256 is the hash in JavaScript at every length around a block and beyond a buffer", async () => {
  // Its WebAssembly is there by then.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const lengths = [0, 1, 31, 32, 64, 135, 136, 137, 271, 272, 273, 1000, 16_384, 16_385, 100_000];
  for (const length of lengths) {
    const data = Uint8Array.from({ length }, (_, i) => (i * 7 + length) & 0xff);
    expect(keccak256(data)).toEqual(keccak_256(data));
  }
});

test("keccak256 takes a view, and its answers are its own", () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => i);
  const view = bytes.subarray(7, 200);
  const first = keccak256(view);
  const copy = first.slice();
  keccak256(bytes);
  expect(first).toEqual(copy);
  expect(first).toEqual(keccak_256(view.slice()));
});
