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
  ed25519.Point.ZERO,
);

/** Ristretto255 (RFC 9496). */
export const ristretto: Curve25519Group = groupOf(
  (bytes) => ristretto255.Point.fromBytes(bytes),
  ristretto255.Point.ZERO,
);

function groupOf<P extends Point<P>>(decode: (bytes: Uint8Array) => P, zero: P): Curve25519Group {
  const read = (bytes: Uint8Array): P | undefined => {
    try {
      return decode(bytes);
    } catch {
      // noble throws plain errors for what is no point, and has no other way to ask.
      return undefined;
    }
  };
  const combine = (left: Uint8Array, right: Uint8Array, sum: (p: P, q: P) => P) => {
    const [p, q] = [read(left), read(right)];
    return p && q && sum(p, q).toBytes();
  };
  return {
    isPoint: (point) => read(point) !== undefined,
    add: (left, right) => combine(left, right, (p, q) => p.add(q)),
    subtract: (left, right) => combine(left, right, (p, q) => p.subtract(q)),
    multiply(scalar, point) {
      const k = readScalar(scalar);
      return k === undefined ? undefined : read(point)?.multiplyUnsafe(k).toBytes();
    },
    sumProducts(scalars, points) {
      let sum = zero;
      const numbers = scalars.map(readScalar);
      if (numbers.includes(undefined)) return undefined;
      for (const [index, bytes] of points.entries()) {
        const point = read(bytes);
        if (point === undefined) return undefined;
        sum = sum.add(point.multiplyUnsafe(numbers[index] as bigint));
      }
      return sum.toBytes();
    },
  };
}

function readScalar(bytes: Uint8Array): bigint | undefined {
  let value = 0n;
  for (let at = bytes.length - 1; at >= 0; at--)
    value = (value << 8n) | BigInt(bytes[at] as number);
  return value < ORDER ? value : undefined;
}
