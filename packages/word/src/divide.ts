/*
 * Division with the EVM's total semantics (Yellow Paper, appendix H: DIV to MULMOD): a divisor of 0
 * gives 0. Machines that trap instead test the divisor themselves. Operands are unsigned words.
 */

/** Unsigned quotient. */
export const div = (a: bigint, b: bigint): bigint => (b === 0n ? 0n : a / b);

/** Unsigned remainder. */
export const mod = (a: bigint, b: bigint): bigint => (b === 0n ? 0n : a % b);

/** Signed quotient, truncated towards 0. The smallest number divided by -1 is itself. */
export const sdiv = (a: bigint, b: bigint, bits: number): bigint =>
  b === 0n ? 0n : BigInt.asUintN(bits, BigInt.asIntN(bits, a) / BigInt.asIntN(bits, b));

/** Signed remainder, with the sign of the dividend. */
export const smod = (a: bigint, b: bigint, bits: number): bigint =>
  b === 0n ? 0n : BigInt.asUintN(bits, BigInt.asIntN(bits, a) % BigInt.asIntN(bits, b));

/** (a + b) mod n, the sum not wrapped. */
export const addmod = (a: bigint, b: bigint, n: bigint): bigint => (n === 0n ? 0n : (a + b) % n);

/** (a * b) mod n, the product not wrapped. */
export const mulmod = (a: bigint, b: bigint, n: bigint): bigint => (n === 0n ? 0n : (a * b) % n);
