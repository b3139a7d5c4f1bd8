import type { Random } from "@dragoman/core/testing";
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { bn254 } from "@noble/curves/bn254.js";
import { ed25519, ristretto255 } from "@noble/curves/ed25519.js";

/** Multipliers of the generators whose points are used: few, so that sums cancel and double. */
const MULTIPLES = [1n, 2n, 3n, 5n, 1000n, 0x1234_5678_9abc_def0n];

const fixed = (value: bigint, size: number): Uint8Array =>
  new Uint8Array(Buffer.from(value.toString(16).padStart(size * 2, "0"), "hex"));
export const join = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts));
export const randomBytes = (random: Random, size: number): Uint8Array =>
  Uint8Array.from({ length: size }, () => random.below(256));

const { Fp: BnFp } = bn254.fields;
const BN_G1 = MULTIPLES.map((k) => bn254.G1.Point.BASE.multiply(k).toAffine());
const BN_G2 = MULTIPLES.map((k) => bn254.G2.Point.BASE.multiply(k).toAffine());
/** The point of the twist for the first x at or above a number; it is in no group of prime order. */
const BN_OUTSIDE = [1n, 100n].map((from) => {
  for (let n = from; ; n++) {
    const x = { c0: n, c1: 1n };
    const { Fp2 } = bn254.fields;
    try {
      const y = Fp2.sqrt(Fp2.add(Fp2.mul(Fp2.sqr(x), x), bn254.G2.Point.CURVE().b));
      return { x, y };
    } catch {
      // This x has no point.
    }
  }
});

/** A point of G1 of BN254, big-endian, mostly right. */
export function bnG1(random: Random): Uint8Array {
  if (random.oneIn(8)) return new Uint8Array(64);
  const { x, y } = random.pick(BN_G1);
  const point = join(fixed(x, 32), fixed(random.oneIn(2) ? y : BnFp.neg(y), 32));
  return spoilt(random, point, 32);
}

/** A point of G2 of BN254, big-endian with the coefficient of i first, mostly right. */
export function bnG2(random: Random): Uint8Array {
  if (random.oneIn(8)) return new Uint8Array(128);
  const { x, y } = random.oneIn(10) ? random.pick(BN_OUTSIDE) : random.pick(BN_G2);
  const negative = random.oneIn(2) ? y : { c0: BnFp.neg(y.c0), c1: BnFp.neg(y.c1) };
  const parts = [x.c1, x.c0, negative.c1, negative.c0].map((part) => fixed(part, 32));
  return spoilt(random, join(...parts), 64);
}

/** The point, sometimes with flags above its first or last coordinate, or with a bit changed. */
function spoilt(random: Random, point: Uint8Array, last: number): Uint8Array {
  const copy = point.slice();
  const flip = (at: number, bits: number) => {
    copy[at] = (copy[at] as number) ^ bits;
  };
  if (random.oneIn(6)) flip(random.oneIn(3) ? 0 : last, random.pick([0x40, 0x80, 0xc0]));
  else if (random.oneIn(15)) flip(random.below(point.length), 1 << random.below(8));
  return copy;
}

const BLS_POINTS = [
  MULTIPLES.map((k) => bls12_381.G1.Point.BASE.multiply(k)),
  MULTIPLES.map((k) => bls12_381.G2.Point.BASE.multiply(k)),
] as const;

/** A point of BLS12-381 as ZCash encodes it, compressed or not, mostly right. */
export function blsPoint(random: Random, degree: 1 | 2, isCompressed: boolean): Uint8Array {
  const size = degree * (isCompressed ? 48 : 96);
  const infinity = new Uint8Array(size);
  infinity[0] = isCompressed ? 0xc0 : 0x40;
  const point = random.oneIn(8)
    ? infinity
    : random.pick(BLS_POINTS[degree - 1] as (typeof BLS_POINTS)[0]).toBytes(isCompressed);
  const copy = point.slice();
  if (random.oneIn(6)) copy[0] = (copy[0] as number) ^ random.pick([0x20, 0x40, 0x80]);
  else if (random.oneIn(12)) copy[random.below(size)] = random.below(256);
  return copy;
}

const EDWARDS = MULTIPLES.map((k) => ed25519.Point.BASE.multiply(k).toBytes());
const RISTRETTO = MULTIPLES.map((k) => ristretto255.Point.BASE.multiply(k).toBytes());
/** Encodings of points of small order, and such that are not canonical. */
const EDWARDS_ODD = [
  "01",
  "ec",
  "ee",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
].map((start) => {
  const bytes = new Uint8Array(32).fill(start === "01" ? 0 : 0xff);
  bytes.set(Buffer.from(start, "hex"));
  if (start.length === 2 && start !== "01") bytes[31] = 0x7f;
  return bytes;
});

export function curve25519Point(random: Random, curve: number): Uint8Array {
  if (random.oneIn(8)) return randomBytes(random, 32);
  if (random.oneIn(6)) {
    const odd = random.pick(EDWARDS_ODD).slice();
    if (random.oneIn(2)) odd[31] = (odd[31] as number) ^ 0x80;
    return odd;
  }
  return random.pick(curve === 0 ? EDWARDS : RISTRETTO);
}
