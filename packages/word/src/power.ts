/** base ^ exponent mod 2^bits, by squaring. 0 ^ 0 is 1. */
export function exp(base: bigint, exponent: bigint, bits: number): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest !== 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = BigInt.asUintN(bits, result * square);
    square = BigInt.asUintN(bits, square * square);
  }
  return BigInt.asUintN(bits, result);
}
