import { expect, test } from "vitest";
import { ENTRYPOINT_HASH, murmur3, pcHash, symbolHash } from "./murmur3.ts";

test("hashes are those of the published registry", () => {
  expect(ENTRYPOINT_HASH).toBe(0x71e3cf81);
  expect(symbolHash("sol_log_")).toBe(0x207559bd);
  expect(symbolHash("abort")).toBe(0xb6fc1a11);
  expect(symbolHash("sol_memcpy_")).toBe(0x717cc4a3);
});

test("the hash of a slot is that of its eight bytes", () => {
  for (const pc of [0, 1, 255, 65_536]) {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setUint32(0, pc, true);
    expect(pcHash(pc)).toBe(murmur3(bytes));
  }
});
