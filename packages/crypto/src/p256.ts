import { p256 } from "@noble/curves/nist.js";
import { nativeP256, verifyNatively } from "./native-p256.ts";

const { Fp, Fn } = p256.Point;

/**
 * True if an ECDSA signature over P-256 (FIPS 186-5, 6.4.2) is the key's. A high `s` is accepted.
 *
 * @param hash what was signed: 32 bytes as a number
 * @param r any unsigned integer, as `s`; outside (0, n) none verifies
 * @param x coordinates of the key; what is not on the curve verifies nothing
 */
export function verifyP256(hash: bigint, r: bigint, s: bigint, x: bigint, y: bigint): boolean {
  if (r <= 0n || r >= Fn.ORDER || s <= 0n || s >= Fn.ORDER || !isOnCurve(x, y)) return false;
  if (nativeP256 !== undefined) return verifyNatively(nativeP256, hash, r, s, [x, y]);
  return verifyPortably(hash, r, s, x, y);
}

function isOnCurve(x: bigint, y: bigint): boolean {
  if (x >= Fp.ORDER || y >= Fp.ORDER) return false;
  const { a, b } = p256.Point.CURVE();
  return Fp.eql(Fp.mul(y, y), Fp.add(Fp.mul(Fp.add(Fp.mul(x, x), a), x), b));
}

/** The same by bigints. */
export function verifyPortably(hash: bigint, r: bigint, s: bigint, x: bigint, y: bigint): boolean {
  const inverse = Fn.inv(s);
  const { BASE } = p256.Point;
  const key = p256.Point.fromAffine({ x, y });
  const sum = BASE.multiplyUnsafe(Fn.mul(Fn.create(hash), inverse)).add(
    key.multiplyUnsafe(Fn.mul(r, inverse)),
  );
  return !sum.is0() && Fn.create(sum.toAffine().x) === r;
}
