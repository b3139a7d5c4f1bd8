import type { Pointer } from "./mcl.ts";
import { FIELD_BYTES, type PairingCurve } from "./pairing-curve.ts";

/** The number that generates the family of BN254: its prime is 36 x⁴ + 36 x³ + 24 x² + 6 x + 1. */
const X = 4965661367192848881n;
const POINT_BYTES = 6 * FIELD_BYTES;
const EXTENSION_BYTES = 2 * FIELD_BYTES;

/**
 * Whether points of the twist of BN254 are in G2: they are if [x + 1] Q + ψ[x] Q + ψ²[x] Q = ψ³[2x] Q, where ψ is the Frobenius map carried over to the
 * twist (El Housni, Guillevic and Piellard, "Co-factor clearing and subgroup membership testing", 2022, section 4.3). One product by 63 bits instead of 254; mcl asks for
 * the order itself, and its fast products are right in G2 alone, so this doubles and adds.
 */
export class Bn254Membership {
  readonly #curve: PairingCurve;
  /** (9 + i) to (p - 1) / 3 and (p - 1) / 2, by which ψ multiplies x and y. */
  readonly #xFactor: Pointer;
  readonly #yFactor: Pointer;
  readonly #multiple: Pointer;
  readonly #mapped: Pointer;
  readonly #sum: Pointer;
  /** Digits of x below the first, highest first: 1, 0 or -1, with no two others than 0 side by side. */
  readonly #digits: readonly number[] = nonAdjacentForm(X).slice(1);
  readonly #opposite: Pointer;

  constructor(curve: PairingCurve) {
    this.#curve = curve;
    const { prime } = curve.row;
    this.#xFactor = this.#power((prime - 1n) / 3n);
    this.#yFactor = this.#power((prime - 1n) / 2n);
    this.#multiple = curve.allocate(POINT_BYTES);
    this.#mapped = curve.allocate(POINT_BYTES);
    this.#sum = curve.allocate(POINT_BYTES);
    this.#opposite = curve.allocate(POINT_BYTES);
  }

  /** True if a finite point of the twist is in the group. */
  has(point: Pointer): boolean {
    const { mcl } = this.#curve;
    this.#multiply(point);
    mcl.mclBnG2_add(this.#sum, this.#multiple, point);
    this.#map(this.#mapped, this.#multiple);
    mcl.mclBnG2_add(this.#sum, this.#sum, this.#mapped);
    this.#map(this.#mapped, this.#mapped);
    mcl.mclBnG2_add(this.#sum, this.#sum, this.#mapped);
    this.#map(this.#mapped, this.#mapped);
    mcl.mclBnG2_dbl(this.#mapped, this.#mapped);
    return mcl.mclBnG2_isEqual(this.#sum, this.#mapped) === 1;
  }

  /** Leaves [x] point in `multiple`. */
  #multiply(point: Pointer): void {
    const { mcl, bytes } = this.#curve;
    bytes.copyWithin(this.#multiple, point, point + POINT_BYTES);
    mcl.mclBnG2_neg(this.#opposite, point);
    for (const digit of this.#digits) {
      mcl.mclBnG2_dbl(this.#multiple, this.#multiple);
      if (digit === 0) continue;
      mcl.mclBnG2_add(this.#multiple, this.#multiple, digit > 0 ? point : this.#opposite);
    }
  }

  /** ψ: conjugates all coordinates and multiplies two of them. */
  #map(to: Pointer, from: Pointer): void {
    const { mcl, bytes } = this.#curve;
    if (to !== from) bytes.copyWithin(to, from, from + POINT_BYTES);
    for (let coordinate = 0; coordinate < 3; coordinate++) {
      const imaginary = to + coordinate * EXTENSION_BYTES + FIELD_BYTES;
      mcl.mclBnFp_neg(imaginary, imaginary);
    }
    mcl.mclBnFp2_mul(to, to, this.#xFactor);
    mcl.mclBnFp2_mul(to + EXTENSION_BYTES, to + EXTENSION_BYTES, this.#yFactor);
  }

  /** (9 + i) to a power. */
  #power(exponent: bigint): Pointer {
    const { mcl } = this.#curve;
    const [base, power] = [this.#extension(9, 1), this.#extension(1, 0)];
    for (const bit of exponent.toString(2)) {
      mcl.mclBnFp2_mul(power, power, power);
      if (bit === "1") mcl.mclBnFp2_mul(power, power, base);
    }
    mcl.free(base);
    return power;
  }

  #extension(real: number, imaginary: number): Pointer {
    const element = this.#curve.allocate(EXTENSION_BYTES);
    this.#curve.mcl.mclBnFp_setInt32(element, real);
    this.#curve.mcl.mclBnFp_setInt32(element + FIELD_BYTES, imaginary);
    return element;
  }
}

/** Digits 1, 0 and -1 of a number, highest first, no two others than 0 side by side. */
function nonAdjacentForm(value: bigint): readonly number[] {
  const digits: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 1n) {
    const digit = rest & 1n ? ((rest & 3n) === 3n ? -1 : 1) : 0;
    digits.unshift(digit);
    rest -= BigInt(digit);
  }
  return digits;
}
