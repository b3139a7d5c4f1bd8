import { toBytesBE } from "@dragoman/word";
import { modexp } from "../modexp.ts";
import type { Pointer } from "./mcl.ts";
import { bls12381 } from "./pairing.ts";
import { isBelow, type PairingCurve, SCALAR_BYTES } from "./pairing-curve.ts";

/** Generates the multiplicative group of the scalars of BLS12-381 (consensus-specs, `PRIMITIVE_ROOT_OF_UNITY`). */
const GENERATOR = 7n;

/** Vectors of scalars of BLS12-381 in mcl's memory: reading, roots of unity and Fourier transforms. */
export class ScalarField {
  readonly curve: PairingCurve;
  readonly #orderBytes: Uint8Array;
  readonly #roots = new Map<number, Pointer>();
  readonly #scratch: Pointer;

  constructor(curve: PairingCurve) {
    this.curve = curve;
    this.#orderBytes = toBytesBE(curve.row.order, SCALAR_BYTES);
    this.#scratch = curve.allocate(SCALAR_BYTES);
  }

  /** Room for `count` scalars. */
  allocate(count: number): Pointer {
    return this.curve.allocate(count * SCALAR_BYTES);
  }

  /** Reads big-endian scalars; false if one is not below the order. */
  read(to: Pointer, bytes: Uint8Array, at: number, count: number): boolean {
    for (let i = 0; i < count; i++) {
      if (!isBelow(bytes, at + i * SCALAR_BYTES, this.#orderBytes)) return false;
    }
    this.curve.bytes.set(bytes.subarray(at, at + count * SCALAR_BYTES), to);
    const { mclBnFr_setBigEndianMod } = this.curve.mcl;
    for (let i = 0; i < count; i++) {
      const scalar = to + i * SCALAR_BYTES;
      mclBnFr_setBigEndianMod(scalar, scalar, SCALAR_BYTES);
    }
    return true;
  }

  /** Writes scalars big-endian. */
  write(from: Pointer, count: number): Uint8Array<ArrayBuffer> {
    const { curve } = this;
    const bytes = new Uint8Array(count * SCALAR_BYTES);
    for (let i = 0; i < count; i++) {
      const scalar = from + i * SCALAR_BYTES;
      const size = curve.mcl.mclBnFr_getLittleEndian(curve.exchange, SCALAR_BYTES, scalar);
      const little = curve.bytes.subarray(curve.exchange, curve.exchange + size);
      bytes.set(Uint8Array.from(little).reverse(), (i + 1) * SCALAR_BYTES - size);
    }
    return bytes;
  }

  /** Writes a number modulo the order into memory. */
  set(to: Pointer, value: bigint): void {
    const { order } = this.curve.row;
    this.read(to, toBytesBE(((value % order) + order) % order, SCALAR_BYTES), 0, 1);
  }

  copy(to: Pointer, from: Pointer, count = 1): void {
    this.curve.bytes.copyWithin(to, from, from + count * SCALAR_BYTES);
  }

  /** The powers 0 to `count` - 1 of a root of unity of order `count`, a power of two. */
  roots(count: number): Pointer {
    let roots = this.#roots.get(count);
    if (roots === undefined) {
      const { order } = this.curve.row;
      roots = this.powers(modexp(GENERATOR, (order - 1n) / BigInt(count), order), count);
      this.#roots.set(count, roots);
    }
    return roots;
  }

  /** The powers 0 to `count` - 1 of a number. */
  powers(base: bigint, count: number): Pointer {
    const powers = this.allocate(count);
    this.set(this.#scratch, base);
    this.curve.mcl.mclBnFr_setInt32(powers, 1);
    for (let i = 1; i < count; i++) {
      const to = powers + i * SCALAR_BYTES;
      this.curve.mcl.mclBnFr_mul(to, to - SCALAR_BYTES, this.#scratch);
    }
    return powers;
  }

  /** Values of a polynomial at the roots of unity of its length, from its coefficients, in place. */
  transform(values: Pointer, count: number): void {
    this.permute(values, count);
    const { mclBnFr_mul, mclBnFr_add, mclBnFr_sub } = this.curve.mcl;
    const roots = this.roots(count);
    for (let half = 1; half < count; half *= 2) {
      const stride = (count / (2 * half)) * SCALAR_BYTES;
      for (let first = 0; first < count; first += 2 * half) {
        for (let i = 0; i < half; i++) {
          const low = values + (first + i) * SCALAR_BYTES;
          const high = low + half * SCALAR_BYTES;
          mclBnFr_mul(this.#scratch, high, roots + i * stride);
          mclBnFr_sub(high, low, this.#scratch);
          mclBnFr_add(low, low, this.#scratch);
        }
      }
    }
  }

  /** Coefficients of a polynomial from its values at the roots of unity, in place. */
  invert(values: Pointer, count: number): void {
    const { mcl } = this.curve;
    this.transform(values, count);
    // The inverse transform is the transform with the roots, so here the values, in the opposite order, divided by their count.
    for (let i = 1; i < count / 2; i++) this.#swap(values, i, count - i);
    this.set(this.#scratch, modexp(BigInt(count), this.curve.row.order - 2n, this.curve.row.order));
    for (let i = 0; i < count; i++) {
      mcl.mclBnFr_mul(values + i * SCALAR_BYTES, values + i * SCALAR_BYTES, this.#scratch);
    }
  }

  /** Swaps the scalars whose indices have opposite bits. */
  permute(values: Pointer, count: number): void {
    for (let i = 0; i < count; i++) {
      const opposite = reverseBits(i, count);
      if (opposite > i) this.#swap(values, i, opposite);
    }
  }

  #swap(values: Pointer, i: number, j: number): void {
    this.copy(this.#scratch, values + i * SCALAR_BYTES);
    this.copy(values + i * SCALAR_BYTES, values + j * SCALAR_BYTES);
    this.copy(values + j * SCALAR_BYTES, this.#scratch);
  }
}

/** An index below `count`, a power of two, with its bits in the opposite order. */
export function reverseBits(index: number, count: number): number {
  let reversed = 0;
  for (let low = 1, high = count / 2; low < count; low *= 2, high /= 2) {
    if (index & low) reversed |= high;
  }
  return reversed;
}

let scalars: ScalarField | undefined;

/** The scalars of BLS12-381, made when they are first wanted. */
export function scalarField(): ScalarField {
  scalars ??= new ScalarField(bls12381().curve);
  return scalars;
}
