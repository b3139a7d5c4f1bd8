import { assert } from "@dragoman/fault";
import { toBytesBE } from "@dragoman/word";
import { instantiateMcl, type Mcl, type Pointer } from "./mcl.ts";

/** A curve as mcl numbers and stores it. */
export interface CurveRow {
  /** Number of the curve in `mcl/curve_type.h`. */
  readonly id: number;
  /** Order of the field of coordinates. */
  readonly prime: bigint;
  /** Order of the groups. */
  readonly order: bigint;
  /** Bytes of a coordinate in an encoding. */
  readonly fieldSize: number;
  /** Encodings of a quadratic extension hold the coefficient of i first. */
  readonly imaginaryFirst: boolean;
  /** b in y² = x³ + b, for G1 and, with the coefficient of i second, for G2. */
  readonly g1Constant: bigint;
  readonly g2Constant: readonly [real: bigint, imaginary: bigint];
}

/** Bytes of values in mcl's memory, the same for all curves (`MCLBN_FP_UNIT_SIZE` = 6, `MCLBN_FR_UNIT_SIZE` = 4). */
export const FIELD_BYTES = 48;
export const SCALAR_BYTES = 32;
export const G1_BYTES = 3 * FIELD_BYTES;
const TARGET_BYTES = 12 * FIELD_BYTES;
/** `MCLBN_COMPILED_TIME_VAR`: both units above, which mcl compares with its own. */
const COMPILED_TIME_VAR = 10 * (SCALAR_BYTES / 8) + FIELD_BYTES / 8;
/** Room for the bytes of one value. */
const EXCHANGE_BYTES = 256;

/** A curve with a pairing in an instance of mcl: its memory, fields and pairing. */
export class PairingCurve {
  readonly mcl: Mcl;
  readonly row: CurveRow;
  readonly primeBytes: Uint8Array;
  /** Room for bytes that go in or out. */
  readonly exchange: Pointer;
  readonly #target: Pointer;
  #bytes: Uint8Array;

  constructor(row: CurveRow) {
    this.row = row;
    this.mcl = instantiateMcl();
    const failed = this.mcl.mclBn_init(row.id, COMPILED_TIME_VAR);
    assert(failed === 0, "mcl knows the curve and has words of the sizes above");
    // Whether a point is in its group is asked where a protocol wants it; without this, every read asks.
    this.mcl.mclBn_verifyOrderG1(0);
    this.mcl.mclBn_verifyOrderG2(0);
    this.primeBytes = toBytesBE(row.prime, row.fieldSize);
    this.exchange = this.mcl.malloc(EXCHANGE_BYTES);
    this.#target = this.mcl.malloc(TARGET_BYTES);
    this.#bytes = new Uint8Array(this.mcl.memory.buffer);
  }

  /** The memory; not to be kept, as it is replaced when it grows. */
  get bytes(): Uint8Array {
    if (this.#bytes.length === 0) this.#bytes = new Uint8Array(this.mcl.memory.buffer);
    return this.#bytes;
  }

  /** Memory, kept by the caller until it is freed. */
  allocate(size: number): Pointer {
    const pointer = this.mcl.malloc(size);
    assert(pointer !== 0, "the memory of the curve suffices");
    return pointer;
  }

  /** Reads a coordinate, big-endian; false if it is not below the prime. */
  readField(to: Pointer, from: Uint8Array, at: number): boolean {
    const size = this.row.fieldSize;
    if (!isBelow(from, at, this.primeBytes)) return false;
    this.bytes.set(from.subarray(at, at + size), this.exchange);
    this.mcl.mclBnFp_setBigEndianMod(to, this.exchange, size);
    return true;
  }

  /** Writes a coordinate, big-endian, over zeros. */
  writeField(from: Pointer, to: Uint8Array, at: number): void {
    const count = this.mcl.mclBnFp_getLittleEndian(this.exchange, FIELD_BYTES, from);
    const end = at + this.row.fieldSize - 1;
    for (let i = 0; i < count; i++) to[end - i] = this.bytes[this.exchange + i] as number;
  }

  /** Reads a scalar of 32 bytes, big-endian, modulo the order of the groups. */
  readScalar(to: Pointer, from: Uint8Array, at: number): void {
    this.bytes.set(from.subarray(at, at + SCALAR_BYTES), this.exchange);
    this.mcl.mclBnFr_setBigEndianMod(to, this.exchange, SCALAR_BYTES);
  }

  /** True if the product of the pairings of `count` pairs of finite points is one. */
  pairingIsOne(g1: Pointer, g2: Pointer, count: number): boolean {
    if (count === 0) return true;
    this.#pair(g1, g2, count);
    return this.mcl.mclBnGT_isOne(this.#target) === 1;
  }

  /** What the pairings of a point of G2 compute from it alone, for {@link twoPairingsAreOne}. */
  linesOf(g2: Pointer): Pointer {
    const lines = this.allocate(8 * this.mcl.mclBn_getUint64NumToPrecompute());
    this.mcl.mclBn_precomputeG2(lines, g2);
    return lines;
  }

  /** True if the product of two pairings of finite points is one. */
  twoPairingsAreOne(
    left: Pointer,
    leftLines: Pointer,
    right: Pointer,
    rightLines: Pointer,
  ): boolean {
    const target = this.#target;
    this.mcl.mclBn_precomputedMillerLoop2(target, left, leftLines, right, rightLines);
    this.mcl.mclBn_finalExp(target, target);
    return this.mcl.mclBnGT_isOne(target) === 1;
  }

  /** The twelve coefficients of the product of the pairings of `count` pairs of finite points, big-endian, lowest degree first. */
  pairingProduct(g1: Pointer, g2: Pointer, count: number): readonly Uint8Array[] {
    if (count === 0) this.mcl.mclBnGT_setInt32(this.#target, 1);
    else this.#pair(g1, g2, count);
    return Array.from({ length: 12 }, (_, index) => {
      const coefficient = new Uint8Array(this.row.fieldSize);
      this.writeField(this.#target + index * FIELD_BYTES, coefficient, 0);
      return coefficient;
    });
  }

  #pair(g1: Pointer, g2: Pointer, count: number): void {
    this.mcl.mclBn_millerLoopVec(this.#target, g1, g2, count);
    this.mcl.mclBn_finalExp(this.#target, this.#target);
  }
}

/** True if the number at `at` is below `limit`, both big-endian and of the limit's size. */
export function isBelow(bytes: Uint8Array, at: number, limit: Uint8Array): boolean {
  for (let i = 0; i < limit.length; i++) {
    const difference = (bytes[at + i] as number) - (limit[i] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
