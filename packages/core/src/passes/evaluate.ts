// tidy: table
import {
  addmod,
  byteAt,
  clz,
  div,
  exp,
  mod,
  mulmod,
  sar,
  sdiv,
  shl,
  shr,
  signextend,
  smod,
  toSigned,
} from "@dragoman/word";
import type { OpName } from "../ir/ops.ts";

type Number32 = (...operands: number[]) => number;
type Big = (...operands: bigint[]) => bigint | boolean | undefined;
type Mixed = (...operands: (number | bigint)[]) => number | bigint | boolean;

/**
 * The result of an operation on constants. i32 operands are signed numbers, others unsigned bigints, immediates numbers
 * behind them (bigints in the tables of wide operations). Results may have any size: they are wrapped to their type.
 * `undefined` = the operation traps, and stays.
 */
export type Evaluate = (...operands: (number | bigint)[]) => number | bigint | boolean | undefined;

const s64 = (value: bigint): bigint => BigInt.asIntN(64, value);
const s256 = (value: bigint): bigint => toSigned(value, 256);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const inBits = (value: bigint, bits: bigint): bigint | undefined =>
  value >= 0n && value >> bits === 0n ? value : undefined;

const NARROW: Partial<Record<OpName, Number32>> = {
  "i32.add": (a, b) => a + b,
  "i32.sub": (a, b) => a - b,
  "i32.mul": (a, b) => Math.imul(a, b),
  "i32.and": (a, b) => a & b,
  "i32.or": (a, b) => a | b,
  "i32.xor": (a, b) => a ^ b,
  "i32.shl": (a, b) => a << b,
  "i32.shr_u": (a, b) => a >>> b,
  "i32.shr_s": (a, b) => a >> b,
  "i32.eq": (a, b) => Number(a === b),
  "i32.ne": (a, b) => Number(a !== b),
  "i32.lt_u": (a, b) => Number(a >>> 0 < b >>> 0),
  "i32.lt_s": (a, b) => Number(a < b),
  "i32.gt_u": (a, b) => Number(a >>> 0 > b >>> 0),
  "i32.gt_s": (a, b) => Number(a > b),
  "i32.le_u": (a, b) => Number(a >>> 0 <= b >>> 0),
  "i32.le_s": (a, b) => Number(a <= b),
  "i32.ge_u": (a, b) => Number(a >>> 0 >= b >>> 0),
  "i32.ge_s": (a, b) => Number(a >= b),
  "i32.eqz": (a) => Number(a === 0),
  "i32.clz": (a) => Math.clz32(a),
  "i32.ctz": (a) => (a === 0 ? 32 : 31 - Math.clz32(a & -a)),
};

const DIVISION32: Partial<Record<OpName, (a: number, b: number) => number | undefined>> = {
  "i32.div_u": (a, b) => (b === 0 ? undefined : Math.floor((a >>> 0) / (b >>> 0))),
  "i32.rem_u": (a, b) => (b === 0 ? undefined : (a >>> 0) % (b >>> 0)),
};

const WIDE64: Partial<Record<OpName, Big>> = {
  "i64.add": (a, b) => a + b,
  "i64.sub": (a, b) => a - b,
  "i64.mul": (a, b) => a * b,
  "i64.mulh_u": (a, b) => (a * b) >> 64n,
  "i64.and": (a, b) => a & b,
  "i64.or": (a, b) => a | b,
  "i64.xor": (a, b) => a ^ b,
  "i64.shl": (a, b) => a << (b & 63n),
  "i64.shr_u": (a, b) => a >> (b & 63n),
  "i64.shr_s": (a, b) => s64(a) >> (b & 63n),
  "i64.div_u": (a, b) => (b === 0n ? undefined : a / b),
  "i64.rem_u": (a, b) => (b === 0n ? undefined : a % b),
  "i64.div_s": (a, b) =>
    b === 0n || (s64(b) === -1n && s64(a) === -(1n << 63n)) ? undefined : s64(a) / s64(b),
  "i64.rem_s": (a, b) => (b === 0n ? undefined : s64(a) % s64(b)),
  "i64.eq": (a, b) => a === b,
  "i64.ne": (a, b) => a !== b,
  "i64.lt_u": (a, b) => a < b,
  "i64.lt_s": (a, b) => s64(a) < s64(b),
  "i64.gt_u": (a, b) => a > b,
  "i64.gt_s": (a, b) => s64(a) > s64(b),
  "i64.le_u": (a, b) => a <= b,
  "i64.le_s": (a, b) => s64(a) <= s64(b),
  "i64.ge_u": (a, b) => a >= b,
  "i64.ge_s": (a, b) => s64(a) >= s64(b),
  "i64.eqz": (a) => a === 0n,
  "i64.clz": (a) => BigInt(clz(a, 64)),
  "i64.ctz": (a) => (a === 0n ? 64n : BigInt((a & -a).toString(2).length - 1)),
  "i64.bswap": (a) => {
    let swapped = 0n;
    for (let i = 0n; i < 64n; i += 8n) swapped = (swapped << 8n) | ((a >> i) & 0xffn);
    return swapped;
  },
  "i32.wrap": (a) => BigInt.asIntN(32, a),
};

const WIDE256: Partial<Record<OpName, Big>> = {
  "i256.add": (a, b) => a + b,
  "i256.sub": (a, b) => a - b,
  "i256.mul": (a, b) => a * b,
  "i256.div": (a, b) => div(a, b),
  "i256.mod": (a, b) => mod(a, b),
  "i256.sdiv": (a, b) => sdiv(a, b, 256),
  "i256.smod": (a, b) => smod(a, b, 256),
  "i256.addmod": (a, b, n) => addmod(a, b, n),
  "i256.mulmod": (a, b, n) => mulmod(a, b, n),
  "i256.exp": (a, b) => exp(a, b, 256),
  "i256.signextend": (k, value) => signextend(value, k, 256),
  "i256.and": (a, b) => a & b,
  "i256.or": (a, b) => a | b,
  "i256.xor": (a, b) => a ^ b,
  "i256.not": (a) => ~a,
  "i256.shl": (amount, value) => shl(value, amount, 256),
  "i256.shr": (amount, value) => shr(value, amount, 256),
  "i256.sar": (amount, value) => sar(value, amount, 256),
  "i256.byte": (index, value) => byteAt(value, index, 256),
  "i256.clz": (a) => BigInt(clz(a, 256)),
  "i256.eq": (a, b) => a === b,
  "i256.lt_u": (a, b) => a < b,
  "i256.gt_u": (a, b) => a > b,
  "i256.lt_s": (a, b) => s256(a) < s256(b),
  "i256.gt_s": (a, b) => s256(a) > s256(b),
  "i256.eqz": (a) => a === 0n,
  "i256.from_i64": (a) => a,
  "i256.from_i64_s": (a) => s64(a),
  "i256.make": (a, b, c, d) => a | (b << 64n) | (c << 128n) | (d << 192n),
  "i256.limb": (a, limb) => a >> (64n * limb),
  "i32.wrap_i256": (a) => BigInt.asIntN(32, a),
  "i32.clamp_i256": (a) => min(a, (1n << 31n) - 1n),
  "i64.clamp_i256": (a) => min(a, (1n << 63n) - 1n),
  "i256.fits": (a, bits) => a >> bits === 0n,
};

const CHECKED: Partial<Record<OpName, Big>> = Object.fromEntries(
  (["i64", "i256"] as const).flatMap((type): [string, Big][] => [
    [`${type}.addc`, (a, b, bits) => inBits(a + b, bits)],
    [`${type}.subc`, (a, b) => (a < b ? undefined : a - b)],
    [`${type}.mulc`, (a, b, bits) => inBits(a * b, bits)],
    [`${type}.divc`, (a, b) => (b === 0n ? undefined : a / b)],
    [`${type}.remc`, (a, b) => (b === 0n ? undefined : a % b)],
    [`${type}.narrow`, (a, bits) => inBits(a, bits)],
  ]),
);

const MIXED: Partial<Record<OpName, Mixed>> = {
  "i64.extend_u": (a) => Number(a) >>> 0,
  "i64.extend_s": (a) => a,
  "i256.from_i32": (a) => Number(a) >>> 0,
};

/** Evaluators by operation; the operations that take a bigint for each immediate are in {@link TAKES_BIGINT}. */
export const EVALUATE: Partial<Record<OpName, Evaluate>> = {
  ...(NARROW as Partial<Record<OpName, Evaluate>>),
  ...(DIVISION32 as Partial<Record<OpName, Evaluate>>),
  ...(WIDE64 as Partial<Record<OpName, Evaluate>>),
  ...(WIDE256 as Partial<Record<OpName, Evaluate>>),
  ...(CHECKED as Partial<Record<OpName, Evaluate>>),
  ...(MIXED as Partial<Record<OpName, Evaluate>>),
};
