// Fixed cells of the kernel in linear memory, below 1 MiB. The compiler reads RESULT; see
// ../src/kernel/layout.ts, which must agree.

/** Result words: limbs 0..3 of every operation that yields a word. */
export const RESULT: usize = 64;
/** Numerator of a division, nine limbs above two of zero; the remainder afterwards. */
export const NUMERATOR: usize = 128;
/** Divisor, four limbs above two of zero. */
export const DIVISOR: usize = 256;
/** Quotient, eight limbs. */
export const QUOTIENT: usize = 320;
/** State of keccak-f[1600], 25 lanes, and the one of every other round. */
export const KECCAK_STATE: usize = 512;
export const KECCAK_NEXT: usize = 0x8c00;
/** State (eight u32) of SHA-256. */
export const SHA_STATE: usize = 768;
/** Sixteen words of SHA-256's schedule, their rounds' constants added. */
export const SHA_SCHEDULE: usize = 0x8d00;
/** Reciprocals of one limb, 64 entries of 16 bytes, and of two, 32 entries of 32 bytes. */
export const RECIPROCALS: usize = 0x9000;
export const WIDE_RECIPROCALS: usize = 0x9400;
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

// Bulk memory instructions call out of the generated code; what is short is moved word by word.

/** Copies 32 bytes. */
// @ts-ignore: decorator
@inline
export function copyWord(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
}

/** Sets 32 * n bytes to zero. */
// @ts-ignore: decorator
@inline
export function clearWords(to: usize, n: usize): void {
  const zero = v128.splat<u64>(0);
  for (const end = to + (n << 5); to < end; to += 32) {
    v128.store(to, zero);
    v128.store(to, zero, 16);
  }
}

/** The `count` < 8 bytes at p as a little-endian number. */
// @ts-ignore: decorator
@inline
export function loadPart(p: usize, count: usize): u64 {
  let value: u64 = 0;
  for (let i: usize = 0; i < count; i++) value |= u64(load<u8>(p + i)) << (i << 3);
  return value;
}
