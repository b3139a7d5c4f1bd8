import { secp256k1 } from "@noble/curves/secp256k1.js";

/**
 * True if `signature` (64 bytes r ‖ s) is the key's over a hash of 32 bytes, with s in the lower half, as Aptos asks.
 *
 * @param publicKey 65 bytes 04 ‖ x ‖ y, or 33 compressed
 */
export function verifySecp256k1(
  signature: Uint8Array,
  hash: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  if (signature.length !== 64) return false;
  try {
    return secp256k1.verify(signature, hash, publicKey, { prehash: false, lowS: true });
  } catch {
    // noble throws plain errors for what is no key or no signature.
    return false;
  }
}
