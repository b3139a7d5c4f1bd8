// Fixed cells of the kernel in linear memory, below 1 MiB. The compiler reads RESULT; see
// ../src/kernel/layout.ts, which must agree.

/** Result words: limbs 0..3 of every operation that yields a word. */
export const RESULT: usize = 64;
/** Numerator of a division, nine limbs; the remainder afterwards. */
export const NUMERATOR: usize = 128;
/** Divisor, four limbs. */
export const DIVISOR: usize = 256;
/** Quotient, eight limbs. */
export const QUOTIENT: usize = 320;
/** State of keccak-f[1600], 25 lanes. */
export const KECCAK_STATE: usize = 512;
/** State (eight u32) of SHA-256. */
export const SHA_STATE: usize = 768;
/** A padded last block (at most 144 bytes). */
export const PADDING: usize = 864;
/** Digests of 64-byte inputs, 4,096 entries of 128 bytes: input, digest, 1 = in use. */
export const DIGESTS: usize = 0x10000;

// @ts-ignore: decorator
@inline
export function storeWord(p: usize, a: u64, b: u64, c: u64, d: u64): void {
  store<u64>(p, a);
  store<u64>(p, b, 8);
  store<u64>(p, c, 16);
  store<u64>(p, d, 24);
}

/** Writes the limbs to RESULT and answers the lowest. */
// @ts-ignore: decorator
@inline
export function answer(a: u64, b: u64, c: u64, d: u64): u64 {
  storeWord(RESULT, a, b, c, d);
  return a;
}
