import { ed25519 } from "@noble/curves/ed25519.js";

/**
 * True if 32 bytes are the compressed form of a point of edwards25519, as curve25519-dalek decompresses it: y may be 2^255 - 19 or
 * more, and x = 0 may have the sign bit set. What no point has is a program derived address of Solana.
 */
export function isEd25519Point(bytes: Uint8Array): boolean {
  try {
    ed25519.Point.fromBytes(bytes, true);
    return true;
  } catch {
    // noble throws plain errors and has no other way to ask.
    return false;
  }
}

/**
 * Whether `signature` (64 bytes) over `message` is by the owner of `publicKey` (32 bytes), by the strict rules of RFC 8032: encodings are
 * canonical, so nobody can alter a signature that is valid.
 */
export function verifyEd25519(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  return ed25519.verify(signature, message, publicKey, { zip215: false });
}
