import { concatBytes } from "@dragoman/bytes";
import { sha256 } from "@dragoman/crypto";

/** Kinds of requests to the consensus layer: their first byte (EIP-6110, EIP-7002, EIP-7251). */
export const REQUEST_TYPE = { DEPOSIT: 0, WITHDRAWAL: 1, CONSOLIDATION: 2 } as const;

/** Hash of requests, each its type and its data; one without data does not count (EIP-7685). */
export function requestsHash(requests: readonly Uint8Array[]): Uint8Array {
  const counted = requests.filter(({ length }) => length > 1);
  return sha256(concatBytes(...counted.map((request) => sha256(request))));
}
