import { toBytesLE } from "@dragoman/word";
import { pippenger } from "@noble/curves/abstract/curve.js";
import type { WeierstrassPoint, WeierstrassPointCons } from "@noble/curves/abstract/weierstrass.js";
import type { AlgebraStructure, ElementFormat } from "./structure.ts";

/** A group of points with the generator of its standard. */
export function pointGroup<C>(
  Point: WeierstrassPointCons<C>,
  formats: ReadonlyMap<string, ElementFormat<WeierstrassPoint<C>>>,
): AlgebraStructure<WeierstrassPoint<C>> {
  return {
    order: toBytesLE(Point.Fn.ORDER, 32),
    zero: Point.ZERO,
    one: Point.BASE,
    add: (left, right) => left.add(right),
    subtract: (left, right) => left.subtract(right),
    negate: (point) => point.negate(),
    equals: (left, right) => left.equals(right),
    group: {
      double: (point) => point.double(),
      multiply: (point, scalar) => point.multiplyUnsafe(scalar),
      sumProducts: (points, scalars) =>
        points.length === 0 ? Point.ZERO : pippenger(Point, [...points], [...scalars]),
    },
    formats,
  };
}
