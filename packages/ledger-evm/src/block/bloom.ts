import { keccak256 } from "@dragoman/crypto";

export const BLOOM_BYTES = 256;

/** What is found by address and topic. */
export interface BloomEntry {
  readonly account: Uint8Array;
  readonly topics: readonly Uint8Array[];
}

/** Bloom filter of 2,048 bits over addresses and topics of logs (yellow paper, section 4.3.1). */
export function bloomOf(logs: Iterable<BloomEntry>): Uint8Array {
  const bloom = new Uint8Array(BLOOM_BYTES);
  for (const { account, topics } of logs) {
    for (const item of [account, ...topics]) {
      const hash = keccak256(item);
      for (let i = 0; i < 6; i += 2) {
        const bit = ((hash[i]! << 8) | hash[i + 1]!) & 2047;
        bloom[BLOOM_BYTES - 1 - (bit >> 3)]! |= 1 << (bit & 7);
      }
    }
  }
  return bloom;
}
