import type { IField } from "@noble/curves/abstract/modular.js";
import type { WeierstrassPoint, WeierstrassPointCons } from "@noble/curves/abstract/weierstrass.js";
import type { ElementFormat } from "./structure.ts";

/** Flags of `ark-serialize` (`ec/src/models/short_weierstrass/serialization_flags.rs`) in the last byte of an encoded point. */
const NEGATIVE = 0x80;
const INFINITY = 0x40;

/** A group of points, and how `ark-serialize` writes the coordinates. */
export interface ArkworksCurve<C> {
  readonly Point: WeierstrassPointCons<C>;
  readonly field: IField<C>;
  readonly coordinate: ElementFormat<C>;
  /** Bytes of a coordinate. */
  readonly size: number;
  /** Whether y is larger than -y. */
  readonly isNegative: (y: C) => boolean;
}

/** Points as `ark-serialize` writes them, coordinates little-endian: x with flags, or x and y with flags. */
export function arkworksFormat<C>(
  curve: ArkworksCurve<C>,
  compressed: boolean,
): ElementFormat<WeierstrassPoint<C>> {
  const total = compressed ? curve.size : 2 * curve.size;
  return {
    encode(point) {
      const bytes = new Uint8Array(total);
      if (point.is0()) {
        bytes[total - 1] = INFINITY;
        return bytes;
      }
      const { x, y } = point.toAffine();
      bytes.set(curve.coordinate.encode(x));
      if (!compressed) bytes.set(curve.coordinate.encode(y), curve.size);
      if (curve.isNegative(y)) bytes[total - 1] = (bytes[total - 1] as number) | NEGATIVE;
      return bytes;
    },
    decode(bytes) {
      if (bytes.length !== total) return undefined;
      const flags = (bytes[total - 1] as number) & (NEGATIVE | INFINITY);
      if (flags === (NEGATIVE | INFINITY)) return undefined;
      const plain = Uint8Array.from(bytes);
      plain[total - 1] = (plain[total - 1] as number) & ~flags;
      const x = curve.coordinate.decode(plain.subarray(0, curve.size));
      if (x === undefined) return undefined;
      if (compressed) {
        return flags === INFINITY ? curve.Point.ZERO : solve(curve, x, flags === NEGATIVE);
      }
      const y = curve.coordinate.decode(plain.subarray(curve.size));
      if (y === undefined) return undefined;
      return flags === INFINITY ? curve.Point.ZERO : member(curve, x, y);
    },
  };
}

function solve<C>(
  curve: ArkworksCurve<C>,
  x: C,
  negative: boolean,
): WeierstrassPoint<C> | undefined {
  const { field, Point } = curve;
  const square = field.add(field.mul(field.sqr(x), x), Point.CURVE().b);
  let root: C;
  try {
    root = field.sqrt(square);
  } catch {
    // noble has no other way to say that there is no root.
    return undefined;
  }
  return member(curve, x, curve.isNegative(root) === negative ? root : field.neg(root));
}

function member<C>({ Point }: ArkworksCurve<C>, x: C, y: C): WeierstrassPoint<C> | undefined {
  return checked(() => Point.fromAffine({ x, y }));
}

/** The point, if it is a finite one of the group of prime order: noble refuses others by throwing. */
function checked<C>(read: () => WeierstrassPoint<C>): WeierstrassPoint<C> | undefined {
  try {
    const point = read();
    point.assertValidity();
    return point;
  } catch {
    return undefined;
  }
}

/** Points of BLS12-381 as ZCash writes them, coordinates big-endian, three flags above x. */
export function zcashFormat<C>(
  Point: WeierstrassPointCons<C>,
  size: number,
  compressed: boolean,
): ElementFormat<WeierstrassPoint<C>> {
  const infinity = new Uint8Array(compressed ? size : 2 * size);
  infinity[0] = compressed ? 0xc0 : INFINITY;
  return {
    encode: (point) => (point.is0() ? infinity.slice() : point.toBytes(compressed)),
    decode(bytes) {
      if (bytes.length !== infinity.length) return undefined;
      if (bytes.every((byte, index) => byte === infinity[index])) return Point.ZERO;
      const isCompressed = ((bytes[0] as number) & 0x80) !== 0;
      return isCompressed === compressed ? checked(() => Point.fromBytes(bytes)) : undefined;
    },
  };
}
