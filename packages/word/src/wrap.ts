/** `value` modulo 2^bits, as an unsigned integer. */
export const wrap = (value: bigint, bits: number): bigint => BigInt.asUintN(bits, value);
