// tidy: table
import type { OpName } from "../ir/ops.ts";

/**
 * What each arithmetic operation means, written once more and on its own: operands are unsigned integers of their types, immediates
 * follow them, a result is wrapped to its type by the reader. `undefined` = the operation traps.
 */
export type Formula = (...operands: bigint[]) => bigint | boolean | undefined;

const signed = (value: bigint, bits: bigint): bigint =>
  value >> (bits - 1n) === 1n ? value - (1n << bits) : value;

const leadingZeros = (value: bigint, bits: bigint): bigint => {
  let count = 0n;
  for (let bit = bits - 1n; bit >= 0n && ((value >> bit) & 1n) === 0n; bit--) count++;
  return count;
};

const trailingZeros = (value: bigint, bits: bigint): bigint => {
  let count = 0n;
  while (count < bits && ((value >> count) & 1n) === 0n) count++;
  return count;
};

const power = (base: bigint, exponent: bigint): bigint => {
  let result = 1n;
  for (let bit = 255n; bit >= 0n; bit--) {
    result = BigInt.asUintN(256, result * result);
    if (((exponent >> bit) & 1n) === 1n) result = BigInt.asUintN(256, result * base);
  }
  return result;
};

const below = (value: bigint, bits: bigint): bigint | undefined =>
  value >= 0n && value < 2n ** bits ? value : undefined;

/** What i32 and i64 have in common. */
function narrow(type: "i32" | "i64", bits: bigint): Record<string, Formula> {
  const s = (value: bigint): bigint => signed(value, bits);
  return {
    [`${type}.add`]: (a, b) => a + b,
    [`${type}.sub`]: (a, b) => a - b,
    [`${type}.mul`]: (a, b) => a * b,
    [`${type}.and`]: (a, b) => a & b,
    [`${type}.or`]: (a, b) => a | b,
    [`${type}.xor`]: (a, b) => a ^ b,
    [`${type}.shl`]: (a, b) => a * 2n ** (b % bits),
    [`${type}.shr_u`]: (a, b) => a / 2n ** (b % bits),
    [`${type}.shr_s`]: (a, b) => s(a) >> (b % bits),
    [`${type}.div_u`]: (a, b) => (b === 0n ? undefined : a / b),
    [`${type}.rem_u`]: (a, b) => (b === 0n ? undefined : a % b),
    [`${type}.eq`]: (a, b) => a === b,
    [`${type}.ne`]: (a, b) => a !== b,
    [`${type}.lt_u`]: (a, b) => a < b,
    [`${type}.lt_s`]: (a, b) => s(a) < s(b),
    [`${type}.gt_u`]: (a, b) => a > b,
    [`${type}.gt_s`]: (a, b) => s(a) > s(b),
    [`${type}.le_u`]: (a, b) => a <= b,
    [`${type}.le_s`]: (a, b) => s(a) <= s(b),
    [`${type}.ge_u`]: (a, b) => a >= b,
    [`${type}.ge_s`]: (a, b) => s(a) >= s(b),
    [`${type}.eqz`]: (a) => a === 0n,
    [`${type}.clz`]: (a) => leadingZeros(a, bits),
    [`${type}.ctz`]: (a) => trailingZeros(a, bits),
  };
}

/** What all types have in common. */
function any(type: string): Record<string, Formula> {
  return { [`${type}.select`]: (condition, a, b) => (condition !== 0n ? a : b) };
}

function checked(type: string): Record<string, Formula> {
  return {
    [`${type}.addc`]: (a, b, bits) => below(a + b, bits),
    [`${type}.subc`]: (a, b) => (a < b ? undefined : a - b),
    [`${type}.mulc`]: (a, b, bits) => below(a * b, bits),
    [`${type}.divc`]: (a, b) => (b === 0n ? undefined : a / b),
    [`${type}.remc`]: (a, b) => (b === 0n ? undefined : a % b),
    [`${type}.narrow`]: (a, bits) => below(a, bits),
  };
}

const wordSign = (value: bigint): bigint => signed(value, 256n);

const words: Record<string, Formula> = {
  "i256.add": (a, b) => a + b,
  "i256.sub": (a, b) => a - b,
  "i256.mul": (a, b) => a * b,
  "i256.div": (a, b) => (b === 0n ? 0n : a / b),
  "i256.mod": (a, b) => (b === 0n ? 0n : a % b),
  "i256.sdiv": (a, b) => (b === 0n ? 0n : wordSign(a) / wordSign(b)),
  "i256.smod": (a, b) => (b === 0n ? 0n : wordSign(a) % wordSign(b)),
  "i256.addmod": (a, b, n) => (n === 0n ? 0n : (a + b) % n),
  "i256.mulmod": (a, b, n) => (n === 0n ? 0n : (a * b) % n),
  "i256.exp": power,
  "i256.signextend": (k, value) => (k >= 31n ? value : BigInt.asIntN(Number(k) * 8 + 8, value)),
  "i256.and": (a, b) => a & b,
  "i256.or": (a, b) => a | b,
  "i256.xor": (a, b) => a ^ b,
  "i256.not": (a) => 2n ** 256n - 1n - a,
  "i256.shl": (amount, value) => (amount > 255n ? 0n : value * 2n ** amount),
  "i256.shr": (amount, value) => (amount > 255n ? 0n : value / 2n ** amount),
  "i256.sar": (amount, value) => wordSign(value) >> (amount > 255n ? 255n : amount),
  "i256.byte": (index, value) => (index > 31n ? 0n : (value >> (248n - 8n * index)) & 255n),
  "i256.clz": (a) => leadingZeros(a, 256n),
  "i256.eq": (a, b) => a === b,
  "i256.lt_u": (a, b) => a < b,
  "i256.gt_u": (a, b) => a > b,
  "i256.lt_s": (a, b) => wordSign(a) < wordSign(b),
  "i256.gt_s": (a, b) => wordSign(a) > wordSign(b),
  "i256.eqz": (a) => a === 0n,
  "i256.from_i32": (a) => a,
  "i256.from_i64": (a) => a,
  "i256.from_i64_s": (a) => signed(a, 64n),
  "i256.make": (a, b, c, d) => a + b * 2n ** 64n + c * 2n ** 128n + d * 2n ** 192n,
  "i256.limb": (a, limb) => a / 2n ** (64n * limb),
  "i32.wrap_i256": (a) => a,
  "i32.clamp_i256": (a) => (a < 2n ** 31n ? a : 2n ** 31n - 1n),
  "i64.clamp_i256": (a) => (a < 2n ** 63n ? a : 2n ** 63n - 1n),
  "i256.fits": (a, bits) => a < 2n ** bits,
};

/** Formulas by operation; every operation on numbers alone has one. */
export const FORMULAS: Partial<Record<OpName, Formula>> = {
  ...narrow("i32", 32n),
  ...narrow("i64", 64n),
  ...any("i32"),
  ...any("i64"),
  ...any("i256"),
  ...checked("i64"),
  ...checked("i256"),
  ...words,
  "i64.mulh_u": (a, b) => (a * b) / 2n ** 64n,
  "i64.div_s": (a, b) => {
    if (b === 0n) return undefined;
    const quotient = signed(a, 64n) / signed(b, 64n);
    return quotient === 2n ** 63n ? undefined : quotient;
  },
  "i64.rem_s": (a, b) => (b === 0n ? undefined : signed(a, 64n) % signed(b, 64n)),
  "i64.bswap": (a) =>
    BigInt(`0x${a.toString(16).padStart(16, "0").match(/../g)?.reverse().join("")}`),
  "i64.extend_u": (a) => a,
  "i64.extend_s": (a) => signed(a, 32n),
  "i32.wrap": (a) => a,
};
