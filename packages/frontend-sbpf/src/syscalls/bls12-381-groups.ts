import { bls12381, type CurveGroup, fromZcashPoint, toZcashPoint } from "@dragoman/crypto";
import { fromBytesBE } from "@dragoman/word";
import type { SyscallGroup } from "./curves.ts";

/** Order of both groups. */
const ORDER = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n;
const FIELD = 48;

/** Numbers of what is big-endian have this bit (SIMD-0388). */
export const BLS_BIG_ENDIAN = 0x80;
export const BLS_G1 = 5;
export const BLS_G2 = 6;

/** Points of BLS12-381 as the syscalls encode them: as ZCash, or with each coordinate in the opposite order of bytes and coefficients. */
export class BlsEncoding {
  readonly degree: 1 | 2;
  readonly #isLittle: boolean;

  constructor(degree: 1 | 2, isLittle: boolean) {
    this.degree = degree;
    this.#isLittle = isLittle;
  }

  get group(): CurveGroup {
    return this.degree === 1 ? bls12381().g1 : bls12381().g2;
  }

  /** The point in the curve's own encoding; undefined if its flags are wrong. */
  read(point: Uint8Array): Uint8Array | undefined {
    return fromZcashPoint(this.group, this.swap(point));
  }

  write(point: Uint8Array | undefined): Uint8Array | undefined {
    return point && this.swap(toZcashPoint(this.group, point));
  }

  /** Turns bytes between this encoding and ZCash's. */
  swap(bytes: Uint8Array): Uint8Array {
    if (!this.#isLittle) return bytes;
    const size = this.degree * FIELD;
    const swapped = new Uint8Array(bytes.length);
    for (let at = 0; at < bytes.length; at += size) {
      swapped.set(bytes.slice(at, at + size).reverse(), at);
    }
    return swapped;
  }

  /** A scalar below the order, big-endian. */
  readScalar(bytes: Uint8Array): Uint8Array | undefined {
    const scalar = this.#isLittle ? bytes.slice().reverse() : bytes;
    return fromBytesBE(scalar) < ORDER ? scalar : undefined;
  }
}

function groupOf(
  degree: 1 | 2,
  isLittle: boolean,
  [validateCost, addCost, subtractCost, multiplyCost]: readonly [number, number, number, number],
): SyscallGroup {
  const encoding = new BlsEncoding(degree, isLittle);
  return {
    ...{ pointSize: 2 * degree * FIELD, validateCost, addCost, subtractCost, multiplyCost },
    group: {
      isPoint(point) {
        const read = encoding.read(point);
        return read !== undefined && encoding.group.has(read, "group");
      },
      add(left, right) {
        const [p, q] = [encoding.read(left), encoding.read(right)];
        return encoding.write(p && q && encoding.group.add(p, q));
      },
      subtract(left, right) {
        const [p, q] = [encoding.read(left), encoding.read(right)];
        return encoding.write(p && q && encoding.group.subtract(p, q));
      },
      multiply(scalar, point) {
        const [p, k] = [encoding.read(point), encoding.readScalar(scalar)];
        return encoding.write(p && k && encoding.group.multiply(p, k));
      },
    },
  };
}

const G1_COSTS = [1_565, 128, 129, 4_627] as const;
const G2_COSTS = [1_968, 203, 204, 8_255] as const;

/** Groups of BLS12-381 by number (SIMD-0388). */
export const BLS_GROUPS: ReadonlyMap<number, SyscallGroup> = new Map([
  [BLS_G1, groupOf(1, true, G1_COSTS)],
  [BLS_G1 | BLS_BIG_ENDIAN, groupOf(1, false, G1_COSTS)],
  [BLS_G2, groupOf(2, true, G2_COSTS)],
  [BLS_G2 | BLS_BIG_ENDIAN, groupOf(2, false, G2_COSTS)],
]);
