import { HOST, type HostFunction } from "@dragoman/core";
import { bls12381, pairingProduct } from "@dragoman/crypto";
import { argNumber } from "../runtime/guest-memory.ts";
import { answer, failSyscall, pay } from "./answer.ts";
import { BLS_BIG_ENDIAN, BLS_G1, BLS_G2, BlsEncoding } from "./bls12-381-groups.ts";
import { answerBytes, argChoice, readBytes } from "./guest-bytes.ts";
import type { Syscall } from "./syscall.ts";

/** Number of the pairing (SIMD-0388). */
const BLS_PAIRING = 4;
const PAIRS_MAX = 8;
const FIRST_PAIR_COST = 25_445;
const NEXT_PAIR_COST = 13_023;
const DECOMPRESS_COST = { [BLS_G1]: 2_100, [BLS_G2]: 3_050 } as const;

/** Decompresses the point of group r1 at r2 to r3. */
const decompress: HostFunction = (frame) => {
  const code = argChoice(frame, 0);
  const id = code & ~BLS_BIG_ENDIAN;
  if (code < 0 || (id !== BLS_G1 && id !== BLS_G2)) return failSyscall(frame, "InvalidAttribute");
  if (!pay(frame, DECOMPRESS_COST[id])) return HOST.LEAVE;
  const encoding = new BlsEncoding(id === BLS_G1 ? 1 : 2, (code & BLS_BIG_ENDIAN) === 0);
  const compressed = readBytes(frame, argNumber(frame, 1), encoding.group.encodedSize / 2);
  if (compressed === undefined) return HOST.LEAVE;
  const point = encoding.write(encoding.group.decompress(encoding.swap(compressed)));
  return point === undefined ? answer(frame, 1) : answerBytes(frame, argNumber(frame, 2), point);
};

/** Product of the r2 pairings of the points of G1 at r3 with those of G2 at r4, to r5. */
const pairingMap: HostFunction = (frame) => {
  const code = argChoice(frame, 0);
  if (code < 0 || (code & ~BLS_BIG_ENDIAN) !== BLS_PAIRING) {
    return failSyscall(frame, "InvalidAttribute");
  }
  const count = argNumber(frame, 1);
  if (!pay(frame, FIRST_PAIR_COST + NEXT_PAIR_COST * Math.max(count - 1, 0))) return HOST.LEAVE;
  const isLittle = (code & BLS_BIG_ENDIAN) === 0;
  const [one, two] = [new BlsEncoding(1, isLittle), new BlsEncoding(2, isLittle)];
  const [oneSize, twoSize] = [one.group.encodedSize, two.group.encodedSize];
  const left = readBytes(frame, argNumber(frame, 2), count * oneSize);
  if (left === undefined) return HOST.LEAVE;
  const right = readBytes(frame, argNumber(frame, 3), count * twoSize);
  if (right === undefined) return HOST.LEAVE;
  if (count > PAIRS_MAX) return answer(frame, 1);
  const pairs = new Uint8Array(count * (oneSize + twoSize));
  for (let i = 0; i < count; i++) {
    const p = one.read(left.subarray(i * oneSize, (i + 1) * oneSize));
    const q = two.read(right.subarray(i * twoSize, (i + 1) * twoSize));
    if (p === undefined || q === undefined) return answer(frame, 1);
    pairs.set(p, i * (oneSize + twoSize));
    pairs.set(q, i * (oneSize + twoSize) + oneSize);
  }
  const product = pairingProduct(bls12381(), pairs);
  if (product === undefined) return answer(frame, 1);
  return answerBytes(frame, argNumber(frame, 4), encodeTarget(product, isLittle));
};

/** Lowest degree first and little-endian, or all of it the other way round. */
function encodeTarget(coefficients: readonly Uint8Array[], isLittle: boolean): Uint8Array {
  const highestFirst = Uint8Array.from(coefficients.toReversed().flatMap((part) => [...part]));
  return isLittle ? highestFirst.reverse() : highestFirst;
}

export const BLS_SYSCALLS: readonly Syscall[] = [
  { name: "sol_curve_decompress", params: 3, run: decompress },
  { name: "sol_curve_pairing_map", params: 5, run: pairingMap },
];
