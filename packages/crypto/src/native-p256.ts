import { toBytesBE } from "@dragoman/word";
import { p256 } from "@noble/curves/nist.js";

const { Fp, Fn } = p256.Point;
type Affine = readonly [x: bigint, y: bigint];

/** Products of points of P-256 by a host that has them in assembly. */
interface NativeP256 {
  /** x and y of `scalar` times the generator. */
  multiplyBase(scalar: bigint): Affine;
  /** x of `scalar` times a point of the curve. */
  multiply(scalar: bigint, point: Affine): bigint;
}

/** P-256 of `node:crypto`, which has Diffie-Hellman but no signature of a hash that is made elsewhere; undefined where there is no Node. */
export const nativeP256: NativeP256 | undefined = findNative();

function findNative(): NativeP256 | undefined {
  const openssl = globalThis.process?.getBuiltinModule?.("node:crypto");
  if (openssl === undefined) return undefined;
  let side: ReturnType<typeof openssl.createECDH> | undefined;
  const sideOf = (scalar: bigint) => {
    side ??= openssl.createECDH("prime256v1");
    side.setPrivateKey(toBytesBE(scalar, 32));
    return side;
  };
  return {
    multiplyBase(scalar) {
      const hex = sideOf(scalar).getPublicKey("hex", "uncompressed");
      return [BigInt(`0x${hex.slice(2, 66)}`), BigInt(`0x${hex.slice(66)}`)];
    },
    multiply(scalar, [x, y]) {
      const point = new Uint8Array(65);
      point[0] = 4;
      point.set(toBytesBE(x, 32), 1);
      point.set(toBytesBE(y, 32), 33);
      return BigInt(`0x${sideOf(scalar).computeSecret(point).toString("hex")}`);
    },
  };
}

/**
 * Verifies an ECDSA signature whose numbers are in range and whose key is on the curve. x of (e/s) G + (r/s) Q is x of (r/s) (Q + (e/r) G):
 * one product with the generator, one addition, and one product of which x alone is wanted.
 */
export function verifyNatively(
  native: NativeP256,
  hash: bigint,
  r: bigint,
  s: bigint,
  key: Affine,
): boolean {
  // One inversion for both quotients.
  const inverse = Fn.inv(Fn.mul(r, s));
  const shift = Fn.mul(Fn.create(hash), Fn.mul(inverse, s));
  const sum = shift === 0n ? key : add(key, native.multiplyBase(shift));
  if (sum === undefined) return false;
  const scalar = Fn.mul(r, Fn.mul(inverse, r));
  return Fn.create(native.multiply(scalar, sum)) === r;
}

/** Sum of two finite points; undefined if it is infinity. */
function add([x1, y1]: Affine, [x2, y2]: Affine): Affine | undefined {
  if (x1 === x2 && Fp.neg(y1) === y2) return undefined;
  const slope =
    x1 === x2
      ? Fp.div(Fp.mul(3n, Fp.mul(x1, x1)) - 3n + Fp.ORDER, Fp.mul(2n, y1))
      : Fp.div(Fp.sub(y2, y1), Fp.sub(x2, x1));
  const x = Fp.sub(Fp.sub(Fp.mul(slope, slope), x1), x2);
  return [x, Fp.sub(Fp.mul(slope, Fp.sub(x1, x)), y1)];
}
