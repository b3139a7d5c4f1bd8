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
