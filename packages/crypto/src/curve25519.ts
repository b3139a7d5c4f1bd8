import { fromBytesLE } from "@dragoman/word";
import { pippenger } from "@noble/curves/abstract/curve.js";
import { ed25519, ristretto255 } from "@noble/curves/ed25519.js";

/** Points of one of the groups of curve25519, encoded in 32 bytes. Undefined is the answer to bytes that are no point or no scalar. */
export interface Curve25519Group {
  isPoint(point: Uint8Array): boolean;
  add(left: Uint8Array, right: Uint8Array): Uint8Array | undefined;
  subtract(left: Uint8Array, right: Uint8Array): Uint8Array | undefined;
  /** Scalars are 32 bytes, little-endian, below the order of the group. */
  multiply(scalar: Uint8Array, point: Uint8Array): Uint8Array | undefined;
  /** Sum of products. */
  sumProducts(
    scalars: readonly Uint8Array[],
    points: readonly Uint8Array[],
  ): Uint8Array | undefined;
}

interface Point<P> {
  add(other: P): P;
  subtract(other: P): P;
  multiplyUnsafe(scalar: bigint): P;
  toBytes(): Uint8Array;
}

/** Order of the group without its cofactor. */
const ORDER = ed25519.Point.Fn.ORDER;

/**
 * The twisted Edwards curve with all its points, as curve25519-dalek decompresses them: y may be 2^255 - 19 or more, and x = 0 may have the
 * sign bit set.
 */
export const edwards25519: Curve25519Group = groupOf(
  (bytes) => ed25519.Point.fromBytes(bytes, true),
  (points, scalars) => pippenger(ed25519.Point, points, scalars),
);

/** Ristretto255 (RFC 9496). */
export const ristretto: Curve25519Group = groupOf(
  (bytes) => ristretto255.Point.fromBytes(bytes),
  (points, scalars) => pippenger(ristretto255.Point, points, scalars),
);

function groupOf<P extends Point<P>>(
  decode: (bytes: Uint8Array) => P,
  sumOf: (points: P[], scalars: bigint[]) => P,
): Curve25519Group {
  const readPoint = (bytes: Uint8Array): P | undefined => {
    try {
      return decode(bytes);
    } catch {
      // noble throws plain errors for what is no point, and has no other way to ask.
      return undefined;
    }
  };
  const combine = (left: Uint8Array, right: Uint8Array, sum: (p: P, q: P) => P) => {
    const [p, q] = [readPoint(left), readPoint(right)];
    return p && q && sum(p, q).toBytes();
  };
  return {
    isPoint: (point) => readPoint(point) !== undefined,
    add: (left, right) => combine(left, right, (p, q) => p.add(q)),
    subtract: (left, right) => combine(left, right, (p, q) => p.subtract(q)),
    multiply(scalar, point) {
      const k = readScalar(scalar);
      return k === undefined ? undefined : readPoint(point)?.multiplyUnsafe(k).toBytes();
    },
    sumProducts(scalars, points) {
      const numbers = scalars.map(readScalar).filter((scalar) => scalar !== undefined);
      const read = points.map(readPoint).filter((point) => point !== undefined);
      const areAll = numbers.length === scalars.length && read.length === points.length;
      return areAll ? sumOf(read, numbers).toBytes() : undefined;
    },
  };
}

function readScalar(bytes: Uint8Array): bigint | undefined {
  const value = fromBytesLE(bytes);
  return value < ORDER ? value : undefined;
}
