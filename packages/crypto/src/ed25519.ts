import { ed25519 } from "@noble/curves/ed25519.js";
import { isPlainKey, nativeEd25519 } from "./native-ed25519.ts";

/**
 * True if `signature` (64 bytes) is the key's over `message`. Strict as RFC 8032, 5.1.7, and dalek's `verify_strict`: no encodings that are
 * not canonical, no keys of small order.
 */
export function verifyEd25519(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  // Native code checks S < L and compares R's encoding without the cofactor: what it accepts for a plain key is accepted here. What it
  // refuses may differ from an honest signature in its cofactor alone, so noble says the last word.
  if (isPlainKey(publicKey) && nativeEd25519?.verify(signature, message, publicKey)) return true;
  try {
    if (ed25519.Point.fromBytes(publicKey, false).isSmallOrder()) return false;
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    // noble throws plain errors for what is no point.
    return false;
  }
}

/** Signature, 64 bytes, of RFC 8032 with a secret of 32 bytes. */
export const signEd25519 = (message: Uint8Array, secret: Uint8Array): Uint8Array =>
  nativeEd25519?.sign(message, secret) ?? ed25519.sign(message, secret);

/** Public key of a secret of 32 bytes. */
export const publicKeyEd25519 = (secret: Uint8Array): Uint8Array =>
  nativeEd25519?.publicKey(secret) ?? ed25519.getPublicKey(secret);
