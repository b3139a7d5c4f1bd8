import { concatBytes, decodeHex, equalBytes } from "@dragoman/bytes";
import type { LogEntry } from "@dragoman/core";
import { integerOf } from "../trie/rlp.ts";

/** The deposit contract of the main network (EIP-6110). */
export const DEPOSIT_CONTRACT = decodeHex("00000000219ab540356cbb839cbe05303d7705fa");
/** keccak-256 of `DepositEvent(bytes,bytes,bytes,bytes,bytes)`. */
const DEPOSIT_EVENT = decodeHex("649bbc62d0e31342afea4e5cd82d4049e7e1ee912fc0889aa790803be39038c5");

/** Public key, withdrawal credentials, amount, signature, index: where each stands in the event's data, and its bytes. */
const FIELDS = [
  { at: 160, size: 48 },
  { at: 256, size: 32 },
  { at: 320, size: 8 },
  { at: 384, size: 96 },
  { at: 512, size: 8 },
] as const;
const EVENT_BYTES = 576;

/** Deposits that logs tell of, one behind the other: 192 bytes each (EIP-6110). A log of another layout is passed over. */
export function depositRequests(logs: Iterable<LogEntry>): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const { account, topics, data } of logs) {
    const isDeposit =
      equalBytes(account, DEPOSIT_CONTRACT) &&
      topics[0] !== undefined &&
      equalBytes(topics[0], DEPOSIT_EVENT);
    if (!isDeposit || !hasDepositLayout(data)) continue;
    for (const { at, size } of FIELDS) parts.push(data.slice(at + 32, at + 32 + size));
  }
  return concatBytes(...parts);
}

function hasDepositLayout(data: Uint8Array): boolean {
  const word = (at: number): bigint => integerOf(data.subarray(at, at + 32));
  return (
    data.length === EVENT_BYTES &&
    FIELDS.every(
      ({ at, size }, index) => word(32 * index) === BigInt(at) && word(at) === BigInt(size),
    )
  );
}
