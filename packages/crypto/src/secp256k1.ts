import { secp256k1 } from "@noble/curves/secp256k1.js";

/**
 * The public key that made an ECDSA signature (SEC 1, section 4.1.6), as 64 bytes x ‖ y big-endian;
 * undefined if there is none. A high `s` is accepted, as by Ethereum's precompile and by Solana's
 * syscall.
 *
 * @param hash 32 bytes that were signed
 * @param r any unsigned integer; none recovers outside (0, n)
 * @param s any unsigned integer; none recovers outside (0, n)
 * @param recovery bit 0: y is odd; bit 1: x of the ephemeral point is r + n
 */
export function recoverSecp256k1(
  hash: Uint8Array,
  r: bigint,
  s: bigint,
  recovery: number,
): Uint8Array | undefined {
  const order = secp256k1.Point.Fn.ORDER;
  if (r <= 0n || r >= order || s <= 0n || s >= order) return undefined;
  // noble reports an x without a point, and the point at infinity, by throwing: both are answers here.
  try {
    const signature = new secp256k1.Signature(r, s, recovery);
    return signature.recoverPublicKey(hash).toBytes(false).subarray(1);
  } catch {
    return undefined;
  }
}
