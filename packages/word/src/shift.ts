/*
 * Shifts whose amount is a word: amounts of the width and more shift everything out (EIP-145). A
 * machine that takes amounts modulo the width reduces them first.
 */

/** `value` shifted left by `amount` bits. */
export const shl = (value: bigint, amount: bigint, bits: number): bigint =>
  amount >= BigInt(bits) ? 0n : BigInt.asUintN(bits, value << amount);

/** `value` shifted right by `amount` bits, zeros shifted in. */
export const shr = (value: bigint, amount: bigint, bits: number): bigint =>
  amount >= BigInt(bits) ? 0n : value >> amount;

/** `value` shifted right by `amount` bits, copies of its sign bit shifted in. */
export function sar(value: bigint, amount: bigint, bits: number): bigint {
  const most = BigInt(bits - 1);
  const shifted = BigInt.asIntN(bits, value) >> (amount > most ? most : amount);
  return BigInt.asUintN(bits, shifted);
}
