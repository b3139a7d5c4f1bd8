import { bls12_381 } from "@noble/curves/bls12-381.js";
import { describe, expect, test } from "vitest";
import { bls12381, pairingProduct } from "./pairing.ts";
import { fromZcashPoint, toZcashPoint } from "./zcash-point.ts";

const { G1, G2, fields } = bls12_381;

describe.each([
  { name: "G1", of: () => bls12381().g1, base: G1.Point.BASE, zero: G1.Point.ZERO },
  { name: "G2", of: () => bls12381().g2, base: G2.Point.BASE, zero: G2.Point.ZERO },
])("a point of $name", ({ of, base, zero }) => {
  test("is encoded and compressed as noble has it", () => {
    for (const point of [base, base.negate(), base.multiply(12345n)]) {
      const encoded = point.toBytes(false);
      const ours = fromZcashPoint(of(), encoded) as Uint8Array<ArrayBuffer>;
      expect(of().has(ours, "group")).toBe(true);
      expect(toZcashPoint(of(), ours)).toEqual(encoded);
      expect(of().decompress(point.toBytes(true))).toEqual(ours);
    }
  });

  test("at infinity has its bit and nothing else", () => {
    const encoded = zero.toBytes(false);
    const ours = new Uint8Array(of().encodedSize);
    expect(fromZcashPoint(of(), encoded)).toEqual(ours);
    expect(toZcashPoint(of(), ours)).toEqual(encoded);
    expect(of().decompress(zero.toBytes(true))).toEqual(ours);
    expect(fromZcashPoint(of(), ours)).toBeUndefined();
    for (const [at, bit] of [
      [0, 0x80],
      [0, 0x20],
      [1, 1],
    ] as const) {
      const wrong = encoded.map((byte, index) => (index === at ? byte | bit : byte));
      expect(fromZcashPoint(of(), wrong)).toBeUndefined();
      const short = zero.toBytes(true).map((byte, index) => (index === at ? byte ^ bit : byte));
      expect(of().decompress(short)).toBeUndefined();
    }
  });
});

test("a pairing has the coefficients that noble has", () => {
  const { g1, g2 } = bls12381();
  const [p, q] = [G1.Point.BASE.multiply(5n), G2.Point.BASE.multiply(7n)];
  const pair = [fromZcashPoint(g1, p.toBytes(false)), fromZcashPoint(g2, q.toBytes(false))];
  const product = pairingProduct(bls12381(), new Uint8Array(Buffer.concat(pair as Uint8Array[])));
  const expected = fields.Fp12.toBytes(bls12_381.pairing(p, q));
  expect(Buffer.concat(product as Uint8Array[]).equals(expected)).toBe(true);
  const one = pairingProduct(bls12381(), new Uint8Array(0)) as Uint8Array[];
  expect(Buffer.concat(one).equals(fields.Fp12.toBytes(fields.Fp12.ONE))).toBe(true);
});
