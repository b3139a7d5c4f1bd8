import { DIGITS, REST } from "./layout";

/** Low half of the order 2^252 + c: c in four words of 32 bits. */
const C0: u64 = 0x5cf5d3ed;
const C1: u64 = 0x5812631a;
const C2: u64 = 0xa2f79cd6;
const C3: u64 = 0x14def9de;

/** Whether 32 bytes, little-endian, are a number below the order. */
export function isBelowOrder(at: usize): bool {
  if (load<u64>(at, 24) >> 60 != 0) {
    const high = load<u64>(at, 24);
    if (high != 0x1000000000000000 || load<u64>(at, 16) != 0) return false;
    const c1 = (C3 << 32) | C2;
    if (load<u64>(at, 8) != c1) return load<u64>(at, 8) < c1;
    return load<u64>(at) < ((C1 << 32) | C0);
  }
  return true;
}

/** Leaves 64 bytes, little-endian, modulo the order in the 32 bytes at `to`. */
export function reduce(to: usize, from: usize): void {
  memory.fill(REST, 0, 36);
  for (let word: usize = 16; word-- > 0; ) {
    // rest = rest * 2^32 + word, of nine words; q = rest / 2^252 is right or one too large.
    memory.copy(REST + 4, REST, 32);
    store<u32>(REST, load<u32>(from + (word << 2)));
    const q = (u64(load<u32>(REST, 32)) << 4) | (load<u32>(REST, 28) >> 28);
    store<u32>(REST, 0, 32);
    store<u32>(REST, load<u32>(REST, 28) & 0x0fffffff, 28);
    subtractProduct(q);
  }
  memory.copy(to, REST, 32);
}

/** rest -= q c, and + the order if that is negative. q has 33 bits. */
function subtractProduct(q: u64): void {
  const low = q & 0xffffffff;
  const high = q >> 32;
  let borrow: i64 = 0;
  let carry: u64 = 0;
  for (let i: usize = 0; i < 8; i++) {
    const c = i == 0 ? C0 : i == 1 ? C1 : i == 2 ? C2 : i == 3 ? C3 : 0;
    const below = i == 1 ? C0 : i == 2 ? C1 : i == 3 ? C2 : i == 4 ? C3 : 0;
    const product = low * c + carry;
    // `high` is 0 or 1: its product is the words of c one place up.
    const taken = (product & 0xffffffff) + high * below;
    carry = (product >> 32) + (taken >> 32);
    const left = i64(load<u32>(REST + (i << 2))) - i64(taken & 0xffffffff) + borrow;
    store<u32>(REST + (i << 2), u32(left));
    borrow = left >> 32;
  }
  if (borrow == 0) return;
  let sum: u64 = 0;
  for (let i: usize = 0; i < 8; i++) {
    const l = i == 0 ? C0 : i == 1 ? C1 : i == 2 ? C2 : i == 3 ? C3 : i == 7 ? 0x10000000 : 0;
    sum += u64(load<u32>(REST + (i << 2))) + l;
    store<u32>(REST + (i << 2), u32(sum));
    sum >>= 32;
  }
}

/** Writes a scalar below 2^253 as digits from -2^(width - 1) to 2^(width - 1), one a byte of two, lowest first. */
export function recode(scalar: usize, width: i32, windows: i32): void {
  const half: i32 = 1 << (width - 1);
  const mask: u32 = (1 << width) - 1;
  let carry: i32 = 0;
  for (let window = 0; window < windows; window++) {
    const bit = window * width;
    const at = usize(bit >> 3);
    // Behind the scalar lie zeros.
    let word: u32 = load<u8>(scalar + at);
    if (at < 31) word |= u32(load<u8>(scalar + at + 1)) << 8;
    let digit = i32((word >> (bit & 7)) & mask) + carry;
    carry = digit > half ? 1 : 0;
    if (carry != 0) digit -= 1 << width;
    store<i16>(DIGITS + (usize(window) << 1), digit);
  }
}
