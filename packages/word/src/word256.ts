/** 2^256 - 1. */
export const MAX_U256 = (1n << 256n) - 1n;
const SIGN = 1n << 255n;

/** The two's complement number that an unsigned 256-bit word stands for. */
export const toSigned256 = (word: bigint): bigint => BigInt.asIntN(256, word);

const fromSigned = (value: bigint): bigint => BigInt.asUintN(256, value);

/** EVM DIV: 0 if the divisor is 0. */
export const div256 = (a: bigint, b: bigint): bigint => (b === 0n ? 0n : a / b);

/** EVM MOD: 0 if the divisor is 0. */
export const mod256 = (a: bigint, b: bigint): bigint => (b === 0n ? 0n : a % b);

/** EVM SDIV: truncates; 0 if the divisor is 0; min / -1 = min. */
export const sdiv256 = (a: bigint, b: bigint): bigint =>
  b === 0n ? 0n : fromSigned(toSigned256(a) / toSigned256(b));

/** EVM SMOD: has the sign of the dividend; 0 if the divisor is 0. */
export const smod256 = (a: bigint, b: bigint): bigint =>
  b === 0n ? 0n : fromSigned(toSigned256(a) % toSigned256(b));

/** (a + b) mod n over the integers; 0 if n is 0. */
export const addmod256 = (a: bigint, b: bigint, n: bigint): bigint =>
  n === 0n ? 0n : (a + b) % n;

/** (a * b) mod n over the integers; 0 if n is 0. */
export const mulmod256 = (a: bigint, b: bigint, n: bigint): bigint =>
  n === 0n ? 0n : (a * b) % n;

/** base ^ exponent mod 2^256. */
export function exp256(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) & MAX_U256;
    square = (square * square) & MAX_U256;
  }
  return result;
}

/** EVM SIGNEXTEND: the sign bit is bit 8k + 7; k >= 31 changes nothing. */
export const signextend256 = (k: bigint, value: bigint): bigint =>
  k >= 31n ? value : fromSigned(BigInt.asIntN(Number(k) * 8 + 8, value));

/** EVM SHL: 0 if the amount is 256 or more. */
export const shl256 = (amount: bigint, value: bigint): bigint =>
  amount >= 256n ? 0n : BigInt.asUintN(256, value << amount);

/** EVM SHR: 0 if the amount is 256 or more. */
export const shr256 = (amount: bigint, value: bigint): bigint =>
  amount >= 256n ? 0n : value >> amount;

/** EVM SAR: the sign alone if the amount is 256 or more. */
export const sar256 = (amount: bigint, value: bigint): bigint =>
  fromSigned(toSigned256(value) >> (amount >= 256n ? 255n : amount));

/** EVM BYTE: byte `index` from the most significant; 0 if the index is 32 or more. */
export const byte256 = (index: bigint, value: bigint): bigint =>
  index >= 32n ? 0n : (value >> (248n - 8n * index)) & 0xffn;

/** Leading zero bits of the 256; 256 for 0 (EIP-7939). */
export const clz256 = (value: bigint): bigint =>
  value === 0n ? 256n : value >= SIGN ? 0n : BigInt(256 - value.toString(2).length);
