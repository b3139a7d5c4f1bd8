import { isEd25519Key, verifyEd25519 } from "./ed25519.ts";
import { isEd25519Point } from "./is-ed25519-point.ts";

const KEY = 32;
const SIGNATURE = 64;
const BITMAP = 4;
const KEYS_MAX = 32;

/** Keys of which `threshold` must sign. */
export interface MultiEd25519Key {
  readonly keys: readonly Uint8Array[];
  readonly threshold: number;
}

/** Takes `keys ‖ threshold` apart (aptos-crypto `multi_ed25519.rs`): 1 to 32 points. Undefined for what is no such key. */
export function readMultiEd25519Key(bytes: Uint8Array): MultiEd25519Key | undefined {
  const count = Math.floor(bytes.length / KEY);
  const threshold = bytes[bytes.length - 1] ?? 0;
  const isSized = bytes.length === count * KEY + 1 && count >= 1 && count <= KEYS_MAX;
  if (!isSized || threshold < 1 || threshold > count) return undefined;
  const keys = Array.from({ length: count }, (_, at) => bytes.subarray(at * KEY, (at + 1) * KEY));
  return keys.every(isEd25519Point) ? { keys, threshold } : undefined;
}

/** True for a key of which no part is of small order. */
export function isMultiEd25519Key(bytes: Uint8Array): boolean {
  const key = readMultiEd25519Key(bytes);
  return key?.keys.every(isEd25519Key) === true;
}

/**
 * True if `signatures ‖ bitmap` are valid signatures of at least the threshold of the key's parts, one for each bit that is set, the highest bit of the
 * first byte being the first part's.
 */
export function verifyMultiEd25519(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  const key = readMultiEd25519Key(publicKey);
  const count = (signature.length - BITMAP) / SIGNATURE;
  if (key === undefined || !Number.isInteger(count) || count < key.threshold) return false;
  const bitmap = signature.subarray(count * SIGNATURE);
  const signers = bitsOf(bitmap);
  if (signers.length !== count) return false;
  return signers.every((signer, at) => {
    const part = key.keys[signer];
    const own = signature.subarray(at * SIGNATURE, (at + 1) * SIGNATURE);
    return part !== undefined && verifyEd25519(own, message, part);
  });
}

/** Numbers of the bits that are set, the highest of the first byte being 0. */
export const bitsOf = (bitmap: Uint8Array): number[] =>
  Array.from({ length: 8 * bitmap.length }, (_, bit) => bit).filter(
    (bit) => ((bitmap[bit >> 3] as number) & (0x80 >> (bit & 7))) !== 0,
  );
