import { answer, NUMERATOR } from "./cells";

/** High half of a 64 x 64 bit product. */
// @ts-ignore: decorator
@inline
export function high(x: u64, y: u64): u64 {
  const x0 = x & 0xffffffff;
  const x1 = x >> 32;
  const y0 = y & 0xffffffff;
  const y1 = y >> 32;
  const middle = x1 * y0 + ((x0 * y0) >> 32);
  const low = x0 * y1 + (middle & 0xffffffff);
  return x1 * y1 + (middle >> 32) + (low >> 32);
}

export function mul(
  a0: u64, a1: u64, a2: u64, a3: u64,
  b0: u64, b1: u64, b2: u64, b3: u64,
): u64 {
  const r0 = a0 * b0;
  let r1 = high(a0, b0);
  if ((a1 | a2 | a3 | b1 | b2 | b3) == 0) return answer(r0, r1, 0, 0);
  // Row a0.
  let t = a0 * b1;
  r1 += t;
  let carry = high(a0, b1) + u64(r1 < t);
  t = a0 * b2;
  let r2 = t + carry;
  let r3 = high(a0, b2) + u64(r2 < t) + a0 * b3;
  if ((a1 | a2 | a3) != 0) {
    // Row a1.
    t = a1 * b0;
    r1 += t;
    carry = high(a1, b0) + u64(r1 < t);
    t = a1 * b1;
    r2 += t;
    let next = high(a1, b1) + u64(r2 < t);
    r2 += carry;
    next += u64(r2 < carry);
    r3 += a1 * b2 + next;
    // Rows a2 and a3.
    t = a2 * b0;
    r2 += t;
    r3 += high(a2, b0) + u64(r2 < t) + a2 * b1 + a3 * b0;
  }
  return answer(r0, r1, r2, r3);
}

/** The full 512-bit product into NUMERATOR. */
export function wideProduct(
  a0: u64, a1: u64, a2: u64, a3: u64,
  b0: u64, b1: u64, b2: u64, b3: u64,
): void {
  row(0, a0, b0, b1, b2, b3, 0, 0, 0, 0);
  row(8, a1, b0, b1, b2, b3, at(8), at(16), at(24), at(32));
  row(16, a2, b0, b1, b2, b3, at(16), at(24), at(32), at(40));
  row(24, a3, b0, b1, b2, b3, at(24), at(32), at(40), at(48));
}

// @ts-ignore: decorator
@inline
function at(offset: usize): u64 {
  return load<u64>(NUMERATOR + offset);
}

/** NUMERATOR[offset..] = a * b + s, five limbs. */
// @ts-ignore: decorator
@inline
function row(
  offset: usize, a: u64,
  b0: u64, b1: u64, b2: u64, b3: u64,
  s0: u64, s1: u64, s2: u64, s3: u64,
): void {
  const p = NUMERATOR + offset;
  let t = a * b0;
  s0 += t;
  let carry = high(a, b0) + u64(s0 < t);
  store<u64>(p, s0);
  t = a * b1;
  s1 += t;
  let next = high(a, b1) + u64(s1 < t);
  s1 += carry;
  carry = next + u64(s1 < carry);
  store<u64>(p, s1, 8);
  t = a * b2;
  s2 += t;
  next = high(a, b2) + u64(s2 < t);
  s2 += carry;
  carry = next + u64(s2 < carry);
  store<u64>(p, s2, 16);
  t = a * b3;
  s3 += t;
  next = high(a, b3) + u64(s3 < t);
  s3 += carry;
  carry = next + u64(s3 < carry);
  store<u64>(p, s3, 24);
  store<u64>(p, carry, 32);
}

/** The product, if it is below 2^256; traps else. */
export function mulChecked(
  a0: u64, a1: u64, a2: u64, a3: u64,
  b0: u64, b1: u64, b2: u64, b3: u64,
): u64 {
  if ((a2 | a3 | b2 | b3) == 0) return mul(a0, a1, a2, a3, b0, b1, b2, b3);
  wideProduct(a0, a1, a2, a3, b0, b1, b2, b3);
  if ((at(32) | at(40) | at(48) | at(56)) != 0) unreachable();
  return answer(at(0), at(8), at(16), at(24));
}

export function exp(
  a0: u64, a1: u64, a2: u64, a3: u64,
  e0: u64, e1: u64, e2: u64, e3: u64,
): u64 {
  let r0: u64 = 1;
  let r1: u64 = 0;
  let r2: u64 = 0;
  let r3: u64 = 0;
  while ((e0 | e1 | e2 | e3) != 0) {
    if (e0 & 1) {
      r0 = mul(r0, r1, r2, r3, a0, a1, a2, a3);
      r1 = load<u64>(72);
      r2 = load<u64>(80);
      r3 = load<u64>(88);
    }
    e0 = (e0 >> 1) | (e1 << 63);
    e1 = (e1 >> 1) | (e2 << 63);
    e2 = (e2 >> 1) | (e3 << 63);
    e3 >>= 1;
    if ((e0 | e1 | e2 | e3) == 0) break;
    a0 = mul(a0, a1, a2, a3, a0, a1, a2, a3);
    a1 = load<u64>(72);
    a2 = load<u64>(80);
    a3 = load<u64>(88);
  }
  return answer(r0, r1, r2, r3);
}
