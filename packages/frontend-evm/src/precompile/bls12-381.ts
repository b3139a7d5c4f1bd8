import { bls12381, checkPairing } from "@dragoman/crypto";
import { G1_DISCOUNTS, G2_DISCOUNTS } from "./bls-discounts.ts";
import type { ComputedPrecompile } from "./precompile.ts";
import { priced, truthWord } from "./priced.ts";

/** A coordinate is 48 bytes behind 16 zeros (EIP-2537, "Fine points and encoding of base elements"). */
const FIELD = 48;
const FIELD_PADDED = 64;
const PADDING = FIELD_PADDED - FIELD;
const SCALAR = 32;

/** Bytes of a padded point, by the degree of its coordinates. */
const pointSize = (degree: 1 | 2): number => 2 * degree * FIELD_PADDED;
const groupOf = (degree: 1 | 2) => (degree === 1 ? bls12381().g1 : bls12381().g2);

/** Sum of two points; they need not be in the group. */
function add(price: number, degree: 1 | 2): ComputedPrecompile {
  const size = pointSize(degree);
  return priced(
    () => price,
    (input) => {
      if (input.length !== 2 * size) return undefined;
      const points = unpadded(input, 4 * degree, 0);
      const half = points && points.length / 2;
      return points && padded(groupOf(degree).add(points.subarray(0, half), points.subarray(half)));
    },
  );
}

/** Sum of points times scalars; a discount is in thousandths, the last one for all longer inputs. */
function sum(
  pricePerPair: number,
  discounts: readonly number[],
  degree: 1 | 2,
): ComputedPrecompile {
  const stride = pointSize(degree) + SCALAR;
  return priced(
    (input) => {
      const count = Math.floor(input.length / stride);
      const discount = discounts[Math.min(count, discounts.length) - 1] ?? 0;
      return Math.floor((count * pricePerPair * discount) / 1000);
    },
    (input) => {
      if (input.length === 0 || input.length % stride !== 0) return undefined;
      const pairs = unpadded(input, 2 * degree, SCALAR);
      return pairs && padded(groupOf(degree).sumProducts(pairs));
    },
  );
}

/** The point to which an element of the coordinates' field maps. */
function map(price: number, degree: 1 | 2): ComputedPrecompile {
  return priced(
    () => price,
    (input) => {
      if (input.length !== degree * FIELD_PADDED) return undefined;
      const element = unpadded(input, degree, 0);
      return element && padded(groupOf(degree).mapField(element));
    },
  );
}

export const blsG1Add: ComputedPrecompile = add(375, 1);
export const blsG2Add: ComputedPrecompile = add(600, 2);
export const blsG1Sum: ComputedPrecompile = sum(12000, G1_DISCOUNTS, 1);
export const blsG2Sum: ComputedPrecompile = sum(22500, G2_DISCOUNTS, 2);
export const blsMapG1: ComputedPrecompile = map(5500, 1);
export const blsMapG2: ComputedPrecompile = map(23800, 2);

const PAIR = pointSize(1) + pointSize(2);

/** Whether a product of pairings is one. */
export const blsPairing: ComputedPrecompile = priced(
  (input) => 37700 + 32600 * Math.floor(input.length / PAIR),
  (input) => {
    if (input.length === 0 || input.length % PAIR !== 0) return undefined;
    const pairs = unpadded(input, 6, 0);
    const isOne = pairs && checkPairing(bls12381(), pairs);
    return isOne === undefined ? undefined : truthWord(isOne);
  },
);

/** The input without the padding of its coordinates, of which `fields` stand in front of each tail; undefined if padding is not zero. */
function unpadded(input: Uint8Array, fields: number, tail: number): Uint8Array | undefined {
  const stride = fields * FIELD_PADDED + tail;
  const packed = new Uint8Array((input.length / stride) * (fields * FIELD + tail));
  let to = 0;
  for (let at = 0; at < input.length; at += stride) {
    for (let field = 0; field < fields; field++) {
      const from = at + field * FIELD_PADDED;
      for (let i = 0; i < PADDING; i++) if (input[from + i] !== 0) return undefined;
      packed.set(input.subarray(from + PADDING, from + FIELD_PADDED), to);
      to += FIELD;
    }
    packed.set(input.subarray(at + stride - tail, at + stride), to);
    to += tail;
  }
  return packed;
}

/** A point with its coordinates padded. */
function padded(point: Uint8Array | undefined): Uint8Array | undefined {
  if (point === undefined) return undefined;
  const fields = point.length / FIELD;
  const bytes = new Uint8Array(fields * FIELD_PADDED);
  for (let field = 0; field < fields; field++) {
    const coordinate = point.subarray(field * FIELD, (field + 1) * FIELD);
    bytes.set(coordinate, field * FIELD_PADDED + PADDING);
  }
  return bytes;
}
