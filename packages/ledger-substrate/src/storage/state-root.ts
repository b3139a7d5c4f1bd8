import { ByteWriter, encodeHex } from "@dragoman/bytes";
import type { CellChange } from "@dragoman/core";
import { blake2b256, blake2b512 } from "./blake2.ts";

const MODULUS = 1n << 512n;

/** Sum, modulo 2^512, of the BLAKE2b-512 hashes of all storage entries: the same for the same storage, whatever its history. */
export type StateSum = bigint;

/** The sum after a block's changes. */
export function addChanges(sum: StateSum, changes: readonly CellChange[]): StateSum {
  let result = sum;
  for (const { key, before, after } of changes) {
    if (before !== undefined) result += MODULUS - entryHash(key, before);
    if (after !== undefined) result += entryHash(key, after);
  }
  return result % MODULUS;
}

/** 32 bytes for the header. Not Substrate's trie root: it proves no single entry. */
export function stateRoot(sum: StateSum): Uint8Array {
  const writer = new ByteWriter();
  writer.uint(sum, 64);
  return blake2b256(writer.finish());
}

function entryHash(key: Uint8Array, value: Uint8Array): bigint {
  const writer = new ByteWriter();
  writer.u32(key.length);
  writer.bytes(key);
  writer.bytes(value);
  return BigInt(encodeHex(blake2b512(writer.finish())));
}
