import type { Pointer } from "../curve/mcl.ts";
import { bls12381 } from "../curve/pairing.ts";
import { G1_BYTES, SCALAR_BYTES } from "../curve/pairing-curve.ts";
import { reverseBits, scalarField } from "../curve/scalar-field.ts";
import { modexp } from "../modexp.ts";
import { allocatePoints } from "./kzg-point.ts";

let room: { readonly product: Pointer; readonly scalar: Pointer } | undefined;

/** Fourier transform of points of G1 over the roots of unity of their count, a power of two, or its inverse; in place. */
export function transformPoints(
  points: Pointer,
  count: number,
  direction: "forward" | "inverse",
): void {
  const { curve } = bls12381();
  const scalars = scalarField();
  room ??= { product: allocatePoints(1), scalar: scalars.allocate(1) };
  const { product, scalar } = room;
  const { mclBnG1_mul, mclBnG1_add, mclBnG1_sub } = curve.mcl;
  const roots = scalars.roots(count);
  for (let i = 0; i < count; i++) {
    if (reverseBits(i, count) > i) swap(points, i, reverseBits(i, count));
  }
  for (let half = 1; half < count; half *= 2) {
    for (let first = 0; first < count; first += 2 * half) {
      for (let i = 0; i < half; i++) {
        const low = points + (first + i) * G1_BYTES;
        const high = low + half * G1_BYTES;
        // The first root is one, which leaves out a quarter of the products.
        if (i === 0) curve.bytes.copyWithin(product, high, high + G1_BYTES);
        else mclBnG1_mul(product, high, roots + i * (count / (2 * half)) * SCALAR_BYTES);
        mclBnG1_sub(high, low, product);
        mclBnG1_add(low, low, product);
      }
    }
  }
  if (direction === "forward") return;
  for (let i = 1; i < count / 2; i++) swap(points, i, count - i);
  scalars.set(scalar, modexp(BigInt(count), curve.row.order - 2n, curve.row.order));
  for (let i = 0; i < count; i++) {
    mclBnG1_mul(points + i * G1_BYTES, points + i * G1_BYTES, scalar);
  }

  function swap(all: Pointer, i: number, j: number): void {
    const [left, right] = [all + i * G1_BYTES, all + j * G1_BYTES];
    curve.bytes.copyWithin(product, left, left + G1_BYTES);
    curve.bytes.copyWithin(left, right, right + G1_BYTES);
    curve.bytes.copyWithin(right, product, product + G1_BYTES);
  }
}
