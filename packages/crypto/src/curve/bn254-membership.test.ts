import { toBytesBE } from "@dragoman/word";
import { bn254 as noble } from "@noble/curves/bn254.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bn254 } from "./pairing.ts";

const { Point } = noble.G2;
const { Fp2, Fr, Fp } = noble.fields;
type Point = typeof Point.BASE;

function encode(point: Point): Uint8Array {
  const { x, y } = point.toAffine();
  return Uint8Array.from([x.c1, x.c0, y.c1, y.c0].flatMap((part) => [...toBytesBE(part, 32)]));
}

/** A point of the twist for every number. */
function twistPoint(from: bigint): Point {
  for (let n = from; ; n++) {
    const x = { c0: n, c1: 1n };
    const square = Fp2.add(Fp2.mul(Fp2.sqr(x), x), Point.CURVE().b);
    try {
      return Point.fromAffine({ x, y: Fp2.sqrt(square) });
    } catch {
      // This x has no point.
    }
  }
}

/** The product by bits: noble's products are right in the group alone. */
function times(point: Point, scalar: bigint): Point {
  let product = Point.ZERO;
  for (const bit of scalar.toString(2)) {
    product = product.double();
    if (bit === "1") product = product.add(point);
  }
  return product;
}

// #E'(Fp2) = r (2p - r) for every curve of the family.
const COFACTOR = 2n * Fp.ORDER - Fr.ORDER;
const isMember = (point: Point): boolean => bn254().g2.has(encode(point), "group");
const number = fc.bigInt({ min: 0n, max: 2n ** 200n });

test("the cofactor times any point of the twist is in the group, the point is not", () => {
  fc.assert(
    fc.property(number, (n) => {
      const point = twistPoint(n);
      expect(times(point, Fr.ORDER * COFACTOR).is0()).toBe(true);
      expect(isMember(times(point, COFACTOR))).toBe(true);
      expect(isMember(point)).toBe(times(point, Fr.ORDER).is0());
    }),
    { numRuns: 10 },
  );
});

test("points whose order divides the cofactor are not in the group, alone or added to one that is", () => {
  const order = times(twistPoint(5n), Fr.ORDER);
  for (const prime of [10069n, 5864401n]) {
    expect(COFACTOR % prime).toBe(0n);
    const small = times(order, COFACTOR / prime);
    expect([small.is0(), times(small, prime).is0()]).toEqual([false, true]);
    expect(isMember(small)).toBe(false);
    expect(isMember(small.add(Point.BASE))).toBe(false);
  }
  expect(isMember(order)).toBe(false);
});

test("multiples of the generator are in the group", () => {
  fc.assert(
    fc.property(number, (n) => {
      expect(isMember(times(Point.BASE, n + 1n))).toBe(true);
    }),
    { numRuns: 20 },
  );
});
