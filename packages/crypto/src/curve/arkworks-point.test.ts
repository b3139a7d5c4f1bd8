import { toBytesBE } from "@dragoman/word";
import { bn254 as bn254Noble } from "@noble/curves/bn254.js";
import { describe, expect, test } from "vitest";
import {
  compressArkworksPoint,
  decompressArkworksPoint,
  readArkworksPoint,
} from "./arkworks-point.ts";
import { bn254 } from "./pairing.ts";

const PRIME = bn254Noble.fields.Fp.ORDER;
const words = (...values: bigint[]): Uint8Array =>
  Uint8Array.from(values.flatMap((value) => [...toBytesBE(value, 32)]));

/** Multiples of the generators, with and without the larger y. */
const POINTS = [1n, 2n, 3n, 5n, 1000n].flatMap((k) => {
  const one = bn254Noble.G1.Point.BASE.multiply(k).toAffine();
  const two = bn254Noble.G2.Point.BASE.multiply(k);
  return [two, two.negate()].map((point, index) => {
    const { x, y } = point.toAffine();
    return {
      g1: words(one.x, index === 0 ? one.y : PRIME - one.y),
      g1IsNegative: (index === 0 ? one.y : PRIME - one.y) > PRIME / 2n,
      g2: words(x.c1, x.c0, y.c1, y.c0),
      g2IsNegative: y.c1 > PRIME / 2n,
    };
  });
});

describe.each([
  { name: "G1", of: () => bn254().g1, point: "g1", isNegative: "g1IsNegative", size: 32 },
  { name: "G2", of: () => bn254().g2, point: "g2", isNegative: "g2IsNegative", size: 64 },
] as const)("a point of $name", ({ of, point: key, isNegative, size }) => {
  const flagged = (bytes: Uint8Array, at: number, flag: number): Uint8Array =>
    bytes.map((byte, index) => (index === at ? byte | flag : byte));
  const zeros = new Uint8Array(2 * size);

  test("is compressed to x with a bit for the larger y, and back", () => {
    for (const entry of POINTS) {
      const point = entry[key];
      const x = point.slice(0, size);
      const compressed = compressArkworksPoint(of(), point);
      expect(compressed).toEqual(entry[isNegative] ? flagged(x, 0, 0x80) : x);
      expect(decompressArkworksPoint(of(), compressed as Uint8Array)).toEqual(point);
    }
  });

  test("at infinity is zeros, or a bit alone when it was read from one", () => {
    expect(compressArkworksPoint(of(), zeros)).toEqual(zeros.slice(size));
    expect(decompressArkworksPoint(of(), zeros.slice(size))).toEqual(zeros);
    const point = (POINTS[0] as (typeof POINTS)[number])[key];
    const infinite = flagged(point, size, 0x40);
    expect(readArkworksPoint(of(), infinite)).toEqual(zeros);
    const bit = flagged(zeros.slice(size), 0, 0x40);
    expect(compressArkworksPoint(of(), infinite)).toEqual(bit);
    expect(decompressArkworksPoint(of(), bit)).toEqual(zeros);
  });

  test("keeps its value when the sign's bit is set, and is nothing with both bits", () => {
    const point = (POINTS[0] as (typeof POINTS)[number])[key];
    expect(readArkworksPoint(of(), point)).toEqual(point);
    expect(readArkworksPoint(of(), flagged(point, size, 0x80))).toEqual(point);
    expect(readArkworksPoint(of(), flagged(point, size, 0xc0))).toBeUndefined();
    expect(readArkworksPoint(of(), flagged(zeros, size, 0x80))).toBeUndefined();
    expect(compressArkworksPoint(of(), flagged(point, size, 0xc0))).toBeUndefined();
    expect(decompressArkworksPoint(of(), flagged(zeros.slice(size), 0, 0xc0))).toBeUndefined();
  });

  test("has coordinates below the prime, the first without flags", () => {
    const point = (POINTS[0] as (typeof POINTS)[number])[key];
    expect(readArkworksPoint(of(), flagged(point, 0, 0x80))).toBeUndefined();
    const large = point.slice();
    large.set(toBytesBE(PRIME, 32), 2 * size - 32);
    expect(readArkworksPoint(of(), large)).toBeUndefined();
    expect(compressArkworksPoint(of(), large)).toBeUndefined();
  });
});

test("an x without a y is no point", () => {
  // 1^3 + 3 = 4 is a square, 4^3 + 3 = 67 is none.
  expect(decompressArkworksPoint(bn254().g1, words(1n))).toEqual(words(1n, 2n));
  expect(decompressArkworksPoint(bn254().g1, words(4n))).toBeUndefined();
});
