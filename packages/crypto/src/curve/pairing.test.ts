import { toBytesBE } from "@dragoman/word";
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { bn254 as bn254Noble } from "@noble/curves/bn254.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bls12381, bn254, checkPairing } from "./pairing.ts";

/** Both groups of both curves, with noble's and how each encodes a coordinate. */
const GROUPS = [
  { name: "G1 of BN254", ours: () => bn254().g1, noble: bn254Noble.G1 },
  { name: "G2 of BN254", ours: () => bn254().g2, noble: bn254Noble.G2 },
  { name: "G1 of BLS12-381", ours: () => bls12381().g1, noble: bls12_381.G1 },
  { name: "G2 of BLS12-381", ours: () => bls12381().g2, noble: bls12_381.G2 },
] as const;

type Row = (typeof GROUPS)[number];
type Coordinate = bigint | { c0: bigint; c1: bigint };
/** What the points of both groups share. */
interface Point {
  add(other: Point): Point;
  multiplyUnsafe(scalar: bigint): Point;
  is0(): boolean;
  isTorsionFree(): boolean;
  toAffine(): { x: Coordinate; y: Coordinate };
}

const pointType = (row: Row) =>
  row.noble.Point as unknown as {
    BASE: Point;
    ZERO: Point;
    fromAffine(point: { x: Coordinate; y: Coordinate }): Point;
    CURVE(): { b: Coordinate };
    Fp: {
      ORDER: bigint;
      sqrt(x: Coordinate): Coordinate;
      mul(x: Coordinate, y: Coordinate): Coordinate;
      add(x: Coordinate, y: Coordinate): Coordinate;
      neg(x: Coordinate): Coordinate;
    };
    Fn: { ORDER: bigint };
  };

const isBn = (row: Row): boolean => row.name.endsWith("BN254");
const primeOf = (row: Row): bigint => (isBn(row) ? bn254Noble : bls12_381).fields.Fp.ORDER;
const sizeOf = (row: Row): number => (isBn(row) ? 32 : 48);

function encodeCoordinate(row: Row, value: Coordinate): Uint8Array {
  const size = sizeOf(row);
  if (typeof value === "bigint") return toBytesBE(value, size);
  const parts = isBn(row) ? [value.c1, value.c0] : [value.c0, value.c1];
  return Buffer.concat(parts.map((part) => toBytesBE(part, size)));
}

function encode(row: Row, point: Point): Uint8Array {
  if (point.is0()) return new Uint8Array(row.ours().encodedSize);
  const { x, y } = point.toAffine();
  return Uint8Array.from([...encodeCoordinate(row, x), ...encodeCoordinate(row, y)]);
}

/** A point of the curve for every number: the first x at or above it that has one. Most are outside the group. */
function curvePoint(row: Row, from: bigint): Point {
  const { Fp, CURVE, fromAffine } = pointType(row);
  for (let n = from; ; n++) {
    const x = row.name.startsWith("G1") ? n : { c0: n, c1: n + 1n };
    try {
      const y = Fp.sqrt(Fp.add(Fp.mul(Fp.mul(x, x), x), CURVE().b));
      return fromAffine.call(pointType(row), { x, y });
    } catch {
      // This x has no point.
    }
  }
}

const scalar = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });
const seed = fc.oneof(fc.constant(0n), fc.constant(1n), fc.bigInt({ min: 2n, max: 2n ** 250n }));
const groupPoint = (row: Row) =>
  seed.map((k) => pointType(row).BASE.multiplyUnsafe(k % pointType(row).Fn.ORDER));
const anyPoint = (row: Row) =>
  fc.oneof(
    groupPoint(row),
    seed.map((n) => curvePoint(row, n)),
  );
const runs = { numRuns: 15 };

describe.each(GROUPS)("$name", (row) => {
  test("adds any points of the curve as noble does", () => {
    fc.assert(
      fc.property(anyPoint(row), anyPoint(row), (left, right) => {
        const [p, q] = [encode(row, left), encode(row, right)];
        expect(row.ours().add(p, q)).toEqual(encode(row, left.add(right)));
        expect(row.ours().add(p, p)).toEqual(encode(row, left.add(left)));
      }),
      runs,
    );
  });

  test("multiplies points of the group by scalars of 256 bits as noble does", () => {
    fc.assert(
      fc.property(groupPoint(row), scalar, (point, k) => {
        const product = point.multiplyUnsafe(k % pointType(row).Fn.ORDER);
        expect(row.ours().multiply(encode(row, point), toBytesBE(k, 32))).toEqual(
          encode(row, product),
        );
      }),
      runs,
    );
  });

  test("sums products as noble does, infinity and opposite points among them", () => {
    const term = fc.tuple(groupPoint(row), scalar);
    fc.assert(
      fc.property(
        fc.array(term, { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        (terms, cancels) => {
          const { Fn, ZERO } = pointType(row);
          const opposite = cancels
            ? terms.map(([p, k]) => [p, Fn.ORDER - (k % Fn.ORDER)] as const)
            : [];
          const all = [...terms, ...opposite];
          const pairs = all.flatMap(([p, k]) => [...encode(row, p), ...toBytesBE(k, 32)]);
          const sum = all.reduce((s, [p, k]) => s.add(p.multiplyUnsafe(k % Fn.ORDER)), ZERO);
          expect(row.ours().sumProducts(Uint8Array.from(pairs))).toEqual(encode(row, sum));
        },
      ),
      runs,
    );
  });

  test("multiplies the points of the group alone", () => {
    fc.assert(
      fc.property(seed, scalar, (n, k) => {
        const point = curvePoint(row, n);
        const product = row.ours().multiply(encode(row, point), toBytesBE(k, 32));
        expect(product !== undefined).toBe(point.isTorsionFree());
      }),
      runs,
    );
  });

  test("takes no point off the curve and no coordinate that is not below the prime", () => {
    const { BASE } = pointType(row);
    const good = encode(row, BASE);
    const zero = new Uint8Array(good.length);
    expect(row.ours().add(good, zero)).toEqual(good);
    for (let field = 0; field < good.length / sizeOf(row); field++) {
      const end = (field + 1) * sizeOf(row);
      const off = good.map((byte, index) => (index === end - 1 ? byte ^ 1 : byte));
      expect(row.ours().add(off, zero)).toBeUndefined();
      for (const base of [good, zero]) {
        const field = base.subarray(end - sizeOf(row), end);
        const value = BigInt(`0x${Buffer.from(field).toString("hex")}`) + primeOf(row);
        const wrapped = base.slice();
        wrapped.set(toBytesBE(value, sizeOf(row)), end - sizeOf(row));
        expect(row.ours().add(zero, wrapped)).toBeUndefined();
      }
    }
  });
});

describe("maps to BLS12-381", () => {
  const field = fc.oneof(
    fc.constantFrom(0n, 1n, bls12_381.fields.Fp.ORDER - 1n),
    fc.bigInt({ min: 0n, max: bls12_381.fields.Fp.ORDER - 1n }),
  );
  const [, , g1, g2] = GROUPS;

  test("go to noble's points", () => {
    fc.assert(
      fc.property(field, field, (c0, c1) => {
        const one = bls12_381.G1.mapToCurve(c0 as unknown as bigint[]) as unknown as Point;
        expect(bls12381().g1.mapField(toBytesBE(c0, 48))).toEqual(encode(g1, one));
        const two = bls12_381.G2.mapToCurve([c0, c1]) as unknown as Point;
        const element = Uint8Array.from([...toBytesBE(c0, 48), ...toBytesBE(c1, 48)]);
        expect(bls12381().g2.mapField(element)).toEqual(encode(g2, two));
      }),
      runs,
    );
  });

  test("take no element that is not below the prime", () => {
    const prime = toBytesBE(bls12_381.fields.Fp.ORDER, 48);
    expect(bls12381().g1.mapField(prime)).toBeUndefined();
    expect(
      bls12381().g2.mapField(Uint8Array.from([...new Uint8Array(48), ...prime])),
    ).toBeUndefined();
  });
});

describe.each([
  { name: "BN254", pairing: bn254, g1: GROUPS[0], g2: GROUPS[1] },
  { name: "BLS12-381", pairing: bls12381, g1: GROUPS[2], g2: GROUPS[3] },
])("the pairing of $name", ({ pairing, g1, g2 }) => {
  const { Fn, BASE: P } = pointType(g1);
  const { BASE: Q } = pointType(g2);
  const times = (point: Point, k: bigint) =>
    point.multiplyUnsafe(((k % Fn.ORDER) + Fn.ORDER) % Fn.ORDER);
  const pairsOf = (pairs: readonly (readonly [Point, Point])[]) =>
    Uint8Array.from(pairs.flatMap(([p, q]) => [...encode(g1, p), ...encode(g2, q)]));

  test("is bilinear, and infinity adds nothing", () => {
    fc.assert(
      fc.property(seed, seed, fc.boolean(), (a, b, isWrong) => {
        const pairs = [
          [times(P, a), times(Q, b)],
          [times(P, 0n), times(Q, 3n)],
          [times(P, -a * b - (isWrong ? 1n : 0n)), Q],
          [P, times(Q, 0n)],
        ] as const;
        expect(checkPairing(pairing(), pairsOf(pairs))).toBe(!isWrong);
      }),
      runs,
    );
  });

  test("of no pairs is one", () => {
    expect(checkPairing(pairing(), new Uint8Array(0))).toBe(true);
  });

  test("takes no point outside its group, even beside infinity", () => {
    const outside = curvePoint(g2, 1n);
    expect(outside.isTorsionFree()).toBe(false);
    expect(checkPairing(pairing(), pairsOf([[times(P, 0n), outside]]))).toBeUndefined();
    expect(
      checkPairing(
        pairing(),
        pairsOf([
          [P, Q],
          [P, outside],
        ]),
      ),
    ).toBeUndefined();
  });
});
