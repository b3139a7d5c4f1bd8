import { OPS, type OpName } from "../ir/ops.ts";

/** What the transfer functions look at: bounds of arguments, constants, immediates. */
export interface Reader {
  readonly code: Int32Array;
  readonly bits: Uint16Array;
  readonly constants: ConstantBits;
}

/** Value of an i32, i64 or i256 constant below 2^31, or -1. */
export type ConstantBits = Int32Array;

export type Transfer = (r: Reader, at: number) => number;

const argument = (r: Reader, at: number, i: number): number => r.bits[r.code[at + 3 + i]];
const constant = (r: Reader, at: number, i: number): number => r.constants[r.code[at + 3 + i]];
const larger = (r: Reader, at: number): number => Math.max(argument(r, at, 0), argument(r, at, 1));
const smaller = (r: Reader, at: number): number => Math.min(argument(r, at, 0), argument(r, at, 1));
const boolean: Transfer = () => 1;
const sum: Transfer = (r, at) => larger(r, at) + 1;
const product: Transfer = (r, at) => argument(r, at, 0) + argument(r, at, 1);
const first: Transfer = (r, at) => argument(r, at, 0);
const ofSize =
  (bits: number): Transfer =>
  () =>
    bits;
const chosen: Transfer = (r, at) => Math.max(argument(r, at, 1), argument(r, at, 2));
const atMost =
  (bits: number): Transfer =>
  (r, at) =>
    Math.min(bits, argument(r, at, 0));
/** Signed division: exact bounds only if both operands are non-negative. */
const signed =
  (transfer: Transfer): Transfer =>
  (r, at) =>
    larger(r, at) < 256 ? transfer(r, at) : 256;
const down: Transfer = (r, at) => {
  const amount = constant(r, at, 0);
  const value = argument(r, at, 1);
  return amount < 0 ? value : Math.max(0, value - amount);
};
const scalarDown: Transfer = (r, at) => {
  const amount = constant(r, at, 1);
  return amount < 0 ? argument(r, at, 0) : Math.max(0, argument(r, at, 0) - (amount & 63));
};
const within =
  (transfer: Transfer): Transfer =>
  (r, at) =>
    Math.min(transfer(r, at), r.code[at + 5]);

/** Bounds of results; an operation that is not named gives a value of full width. */
const TRANSFERS: Partial<Record<OpName, Transfer>> = {
  "i32.and": smaller,
  "i32.or": larger,
  "i32.xor": larger,
  "i32.add": sum,
  "i32.mul": product,
  "i32.rem_u": smaller,
  "i32.div_u": first,
  "i32.select": chosen,
  "i32.load8": ofSize(8),
  "i32.load16": ofSize(16),
  "i32.clz": ofSize(6),
  "i32.ctz": ofSize(6),
  "i64.and": smaller,
  "i64.or": larger,
  "i64.xor": larger,
  "i64.add": sum,
  "i64.mul": product,
  "i64.rem_u": smaller,
  "i64.div_u": first,
  "i64.shr_u": scalarDown,
  "i64.select": chosen,
  "i64.load8": ofSize(8),
  "i64.load16": ofSize(16),
  "i64.load32": ofSize(32),
  "i64.clz": ofSize(7),
  "i64.ctz": ofSize(7),
  "i64.extend_u": first,
  "i32.wrap": first,
  "i64.addc": within(sum),
  "i64.subc": first,
  "i64.mulc": within(product),
  "i64.divc": first,
  "i64.remc": smaller,
  "i64.narrow": (r, at) => Math.min(argument(r, at, 0), r.code[at + 4]),
  "i256.add": sum,
  "i256.mul": product,
  "i256.div": first,
  "i256.mod": smaller,
  "i256.sdiv": signed(first),
  "i256.smod": signed(smaller),
  "i256.addmod": (r, at) => argument(r, at, 2),
  "i256.mulmod": (r, at) => argument(r, at, 2),
  "i256.signextend": (r, at) => {
    const k = constant(r, at, 0);
    const value = argument(r, at, 1);
    return k >= 0 && (k >= 31 || value <= 8 * k + 7) ? value : 256;
  },
  "i256.and": smaller,
  "i256.or": larger,
  "i256.xor": larger,
  "i256.shl": (r, at) => {
    const amount = constant(r, at, 0);
    return amount < 0 ? 256 : argument(r, at, 1) + amount;
  },
  "i256.shr": down,
  "i256.sar": (r, at) => (argument(r, at, 1) < 256 ? down(r, at) : 256),
  "i256.byte": ofSize(8),
  "i256.clz": ofSize(9),
  "i256.select": chosen,
  "i256.from_i32": first,
  "i256.from_i64": first,
  "i256.from_i64_s": (r, at) => (argument(r, at, 0) < 64 ? argument(r, at, 0) : 256),
  "i256.make": (r, at) => {
    for (let i = 3; i > 0; i--) if (argument(r, at, i) > 0) return 64 * i + argument(r, at, i);
    return argument(r, at, 0);
  },
  "i256.limb": (r, at) => Math.min(64, Math.max(0, argument(r, at, 0) - 64 * r.code[at + 4])),
  "i32.wrap_i256": first,
  "i32.clamp_i256": atMost(31),
  "i64.clamp_i256": atMost(63),
  "i256.addc": within(sum),
  "i256.subc": first,
  "i256.mulc": within(product),
  "i256.divc": first,
  "i256.remc": smaller,
  "i256.narrow": (r, at) => Math.min(argument(r, at, 0), r.code[at + 4]),
  "i256.load_le": (r, at) => 8 * r.code[at + 5],
};

/** {@link TRANSFERS} by operation code; comparisons give 0 or 1. */
export const TRANSFER: readonly (Transfer | undefined)[] = OPS.map(({ name, results }) =>
  results[0] === undefined || name.endsWith(".const")
    ? undefined
    : results[0] === 0 && /\.(eqz?|ne|[lg][te]_[us]|fits)$/.test(name)
      ? boolean
      : TRANSFERS[name],
);
