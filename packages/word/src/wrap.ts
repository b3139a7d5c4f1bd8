/** `value` modulo 2^bits, as an unsigned integer. */
export const wrap = (value: bigint, bits: number): bigint => BigInt.asUintN(bits, value);

/** The unsigned word `value` read as two's complement of `bits` bits. */
export const toSigned = (value: bigint, bits: number): bigint => BigInt.asIntN(bits, value);

/** Largest unsigned word: 2^bits - 1. */
export const maxOf = (bits: number): bigint => (1n << BigInt(bits)) - 1n;

/** Whether `value` lies in [0, 2^bits). */
export const fits = (value: bigint, bits: number): boolean => BigInt.asUintN(bits, value) === value;
