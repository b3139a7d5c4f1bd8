import { toBytesBE } from "@dragoman/word";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { nativeSecp256k1 } from "./native-secp256k1.ts";

/** Order of the group. */
const ORDER = secp256k1.Point.Fn.ORDER;

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
  if (r <= 0n || r >= ORDER || s <= 0n || s >= ORDER) return undefined;
  // libsecp256k1's wrapper asks of r itself that it is an x, which is wrong where x is r + n.
  const native = recovery < 2 ? nativeSecp256k1() : undefined;
  if (native === undefined) return recoverPortably(hash, r, s, recovery);
  const signature = new Uint8Array(64);
  signature.set(toBytesBE(r, 32));
  signature.set(toBytesBE(s, 32), 32);
  // An x without a point is reported by throwing.
  try {
    return native.recover(hash, signature, recovery as 0 | 1, false)?.slice(1);
  } catch {
    return undefined;
  }
}

/** The same by bigints. */
export function recoverPortably(
  hash: Uint8Array,
  r: bigint,
  s: bigint,
  recovery: number,
): Uint8Array | undefined {
  // noble reports an x without a point, and the point at infinity, by throwing: both are answers here.
  try {
    const signature = new secp256k1.Signature(r, s, recovery);
    return signature.recoverPublicKey(hash).toBytes(false).subarray(1);
  } catch {
    return undefined;
  }
}
