import type { MarketAction, SignedTransaction, ValidUntil } from "@dragoman/chain";

/** What a model chain includes: an action with its sender and what bounds its validity. */
export interface ModelTransaction {
  readonly sender: string;
  readonly action: MarketAction;
  readonly nonce?: bigint;
  readonly validUntil?: ValidUntil;
  /** Tells equal actions of a sender apart where there is no nonce. */
  readonly salt: number;
}

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();

/** JSON, bigints as `{"n": "1"}`. */
export function encodeModelTransaction(transaction: ModelTransaction): Uint8Array {
  const text = JSON.stringify(transaction, (_, value) =>
    typeof value === "bigint" ? { n: value.toString() } : value,
  );
  return ENCODER.encode(text);
}

export const decodeModelTransaction = (bytes: Uint8Array): ModelTransaction =>
  JSON.parse(DECODER.decode(bytes), (_, value) =>
    typeof value === "object" && value !== null && typeof value.n === "string"
      ? BigInt(value.n)
      : value,
  );

/** The bytes with their identifier: FNV-1a of 64 bits in two halves, enough where nobody attacks. */
export function signModelTransaction(
  chain: string,
  transaction: ModelTransaction,
): SignedTransaction {
  const bytes = encodeModelTransaction(transaction);
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b + byte, 0x85ebca6b) ^ (b >>> 13);
  }
  const { sender, nonce, validUntil } = transaction;
  return {
    chain,
    id: `${sender}:${(a >>> 0).toString(16)}${(b >>> 0).toString(16)}`,
    bytes,
    sender,
    ...(nonce === undefined ? {} : { nonce }),
    ...(validUntil === undefined ? {} : { validUntil }),
  };
}
