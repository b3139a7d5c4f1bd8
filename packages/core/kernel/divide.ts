// Division of words, by reciprocals: N. Möller and T. Granlund, "Improved division by invariant
// integers" (2011).
import { answer, DIVISOR, NUMERATOR, QUOTIENT, RESULT, storeWord } from "./cells";
import { divideLong, limbShifted } from "./long-division";
import { high, wideProduct } from "./multiply";
import { divideStep, reciprocal, wideReciprocal } from "./reciprocal";

/** NUMERATOR (m limbs) by one limb: quotient to QUOTIENT, remainder answered. */
function divideByLimb(m: i32, divisor: u64): u64 {
  const shift = clz(divisor);
  const d = divisor << shift;
  const v = reciprocal(d);
  let p = NUMERATOR + (usize(m) << 3);
  let q = QUOTIENT + (usize(m) << 3);
  let above = load<u64>(p - 8);
  let r: u64 = shift ? above >> (64 - shift) : 0;
  for (let i = m; i > 0; i--) {
    p -= 8;
    q -= 8;
    const below: u64 = i > 1 ? load<u64>(p - 8) : 0;
    const u = shift ? (above << shift) | (below >> (64 - shift)) : above;
    const digit = divideStep(r, u, d, v);
    store<u64>(q, digit);
    r = u - digit * d;
    above = below;
  }
  return r >> shift;
}

/**
 * NUMERATOR (m >= 2 limbs) by the two limbs of DIVISOR; remainder to NUMERATOR. Algorithm 4 for
 * each digit.
 */
function divideByTwo(m: i32): void {
  let d1 = load<u64>(DIVISOR, 8);
  let d0 = load<u64>(DIVISOR);
  const shift = clz(d1);
  let r1: u64 = 0;
  let p = NUMERATOR + (usize(m) << 3);
  if (shift) {
    d1 = (d1 << shift) | (d0 >> (64 - shift));
    d0 <<= shift;
    r1 = load<u64>(p - 8) >> (64 - shift);
  }
  const v = wideReciprocal(d1, d0);
  let r0 = limbShifted(p - 8, shift);
  p -= 16;
  for (let q = QUOTIENT + (usize(m - 2) << 3); q >= QUOTIENT; q -= 8, p -= 8) {
    const u0 = p > NUMERATOR ? limbShifted(p, shift) : load<u64>(p) << shift;
    const low = v * r1;
    const q0 = low + r0;
    let q1 = high(v, r1) + r1 + u64(q0 < low);
    const t0 = d0 * q1;
    const t1 = high(d0, q1);
    let n0 = u0 - t0;
    let n1 = r0 - q1 * d1 - t1 - u64(u0 < t0);
    n1 = n1 - d1 - u64(n0 < d0);
    n0 -= d0;
    q1++;
    if (n1 >= q0) {
      q1--;
      n0 += d0;
      n1 += d1 + u64(n0 < d0);
    }
    if (n1 > d1 || (n1 == d1 && n0 >= d0)) {
      q1++;
      n1 = n1 - d1 - u64(n0 < d0);
      n0 -= d0;
    }
    store<u64>(q, q1);
    r1 = n1;
    r0 = n0;
  }
  if (shift) {
    r0 = (r0 >> shift) | (r1 << (64 - shift));
    r1 >>= shift;
  }
  storeWord(NUMERATOR, r0, r1, 0, 0);
}

// @ts-ignore: decorator
@inline
function limbsAt(p: usize, n: i32): i32 {
  while (n > 0 && load<u64>(p + (usize(n - 1) << 3)) == 0) n--;
  return n;
}

/**
 * NUMERATOR (up to m limbs) by DIVISOR (four limbs, not zero). Leaves four limbs of quotient (of no
 * meaning when it is longer) in QUOTIENT and the remainder, four limbs, in NUMERATOR.
 */
function divideCells(m: i32): void {
  storeWord(QUOTIENT, 0, 0, 0, 0);
  m = limbsAt(NUMERATOR, m);
  const n = limbsAt(DIVISOR, 4);
  if (m < n) return;
  if (n == 1) {
    const r = divideByLimb(m, load<u64>(DIVISOR));
    storeWord(NUMERATOR, r, 0, 0, 0);
    return;
  }
  if (n == 2) return divideByTwo(m);
  divideLong(m, n);
}

function answerCell(p: usize): u64 {
  return answer(load<u64>(p), load<u64>(p, 8), load<u64>(p, 16), load<u64>(p, 24));
}

export function div(
  a0: u64, a1: u64, a2: u64, a3: u64,
  b0: u64, b1: u64, b2: u64, b3: u64,
): u64 {
  if ((b1 | b2 | b3) == 0) {
    if (b0 == 0) return answer(0, 0, 0, 0);
    if ((a1 | a2 | a3) == 0) return answer(a0 / b0, 0, 0, 0);
    if ((a2 | a3) == 0) return divide128(a0, a1, b0, true);
    return divideWordByLimb(a0, a1, a2, a3, b0, true);
  }
  storeWord(NUMERATOR, a0, a1, a2, a3);
  storeWord(DIVISOR, b0, b1, b2, b3);
  divideCells(4);
  return answerCell(QUOTIENT);
}

/** (a1, a0) by one limb: the quotient, or else the remainder. */
function divide128(a0: u64, a1: u64, b0: u64, quotient: bool): u64 {
  const shift = clz(b0);
  const d = b0 << shift;
  const v = reciprocal(d);
  let r: u64 = 0;
  if (shift) {
    r = a1 >> (64 - shift);
    a1 = (a1 << shift) | (a0 >> (64 - shift));
    a0 <<= shift;
  }
  let q1: u64 = 0;
  if (r | u64(a1 >= d)) {
    q1 = divideStep(r, a1, d, v);
    a1 -= q1 * d;
  }
  const q0 = divideStep(a1, a0, d, v);
  if (quotient) return answer(q0, q1, 0, 0);
  return answer((a0 - q0 * d) >> shift, 0, 0, 0);
}

/** The same of a word. */
function divideWordByLimb(
  a0: u64, a1: u64, a2: u64, a3: u64,
  b0: u64, quotient: bool,
): u64 {
  const shift = clz(b0);
  const d = b0 << shift;
  const v = reciprocal(d);
  let r = (a3 >> 1) >> (63 - shift);
  a3 = (a3 << shift) | ((a2 >> 1) >> (63 - shift));
  a2 = (a2 << shift) | ((a1 >> 1) >> (63 - shift));
  a1 = (a1 << shift) | ((a0 >> 1) >> (63 - shift));
  a0 <<= shift;
  const q3 = divideStep(r, a3, d, v);
  r = a3 - q3 * d;
  const q2 = divideStep(r, a2, d, v);
  r = a2 - q2 * d;
  const q1 = divideStep(r, a1, d, v);
  r = a1 - q1 * d;
  const q0 = divideStep(r, a0, d, v);
  if (quotient) return answer(q0, q1, q2, q3);
  return answer((a0 - q0 * d) >> shift, 0, 0, 0);
}

export function mod(
  a0: u64, a1: u64, a2: u64, a3: u64,
  b0: u64, b1: u64, b2: u64, b3: u64,
): u64 {
  if ((b1 | b2 | b3) == 0) {
    if (b0 == 0) return answer(0, 0, 0, 0);
    if ((a1 | a2 | a3) == 0) return answer(a0 % b0, 0, 0, 0);
    if ((a2 | a3) == 0) return divide128(a0, a1, b0, false);
    return divideWordByLimb(a0, a1, a2, a3, b0, false);
  }
  storeWord(NUMERATOR, a0, a1, a2, a3);
  storeWord(DIVISOR, b0, b1, b2, b3);
  divideCells(4);
  return answerCell(NUMERATOR);
}

/** RESULT = -RESULT. */
function negateResult(): u64 {
  let a0 = ~load<u64>(RESULT) + 1;
  let a1 = ~load<u64>(RESULT, 8) + u64(a0 == 0);
  let carry = u64(a0 == 0) & u64(a1 == 0);
  let a2 = ~load<u64>(RESULT, 16) + carry;
  carry &= u64(a2 == 0);
  return answer(a0, a1, a2, ~load<u64>(RESULT, 24) + carry);
}

export function sdiv(
  a0: u64, a1: u64, a2: u64, a3: u64,
  b0: u64, b1: u64, b2: u64, b3: u64,
): u64 {
  const negative = i64(a3 ^ b3) < 0;
  if (i64(a3) < 0) {
    // -a: complement and one; the carry runs while limbs are zero.
    a0 = 0 - a0;
    a1 = ~a1 + u64(a0 == 0);
    a2 = ~a2 + u64((a0 | a1) == 0);
    a3 = ~a3 + u64((a0 | a1 | a2) == 0);
  }
  if (i64(b3) < 0) {
    b0 = 0 - b0;
    b1 = ~b1 + u64(b0 == 0);
    b2 = ~b2 + u64((b0 | b1) == 0);
    b3 = ~b3 + u64((b0 | b1 | b2) == 0);
  }
  const q = div(a0, a1, a2, a3, b0, b1, b2, b3);
  return negative ? negateResult() : q;
}

export function smod(
  a0: u64, a1: u64, a2: u64, a3: u64,
  b0: u64, b1: u64, b2: u64, b3: u64,
): u64 {
  const negative = i64(a3) < 0;
  if (negative) {
    a0 = 0 - a0;
    a1 = ~a1 + u64(a0 == 0);
    a2 = ~a2 + u64((a0 | a1) == 0);
    a3 = ~a3 + u64((a0 | a1 | a2) == 0);
  }
  if (i64(b3) < 0) {
    b0 = 0 - b0;
    b1 = ~b1 + u64(b0 == 0);
    b2 = ~b2 + u64((b0 | b1) == 0);
    b3 = ~b3 + u64((b0 | b1 | b2) == 0);
  }
  const r = mod(a0, a1, a2, a3, b0, b1, b2, b3);
  return negative ? negateResult() : r;
}

// @ts-ignore: decorator
@inline
function isLess(
  a0: u64, a1: u64, a2: u64, a3: u64,
  b0: u64, b1: u64, b2: u64, b3: u64,
): bool {
  if (a3 != b3) return a3 < b3;
  if (a2 != b2) return a2 < b2;
  return a1 != b1 ? a1 < b1 : a0 < b0;
}

export function addmod(
  a0: u64, a1: u64, a2: u64, a3: u64,
  b0: u64, b1: u64, b2: u64, b3: u64,
  m0: u64, m1: u64, m2: u64, m3: u64,
): u64 {
  if ((m0 | m1 | m2 | m3) == 0) return answer(0, 0, 0, 0);
  a0 += b0;
  let carry = u64(a0 < b0);
  a1 += carry;
  carry = u64(a1 < carry);
  a1 += b1;
  carry |= u64(a1 < b1);
  a2 += carry;
  carry = u64(a2 < carry);
  a2 += b2;
  carry |= u64(a2 < b2);
  a3 += carry;
  carry = u64(a3 < carry);
  a3 += b3;
  carry |= u64(a3 < b3);
  // Less than twice the modulus, as a rule: the modulus taken away once, or not at all.
  const s0 = a0 - m0;
  let borrow = u64(a0 < m0);
  const s1 = a1 - m1 - borrow;
  borrow = u64(a1 < m1) | (u64(a1 == m1) & borrow);
  const s2 = a2 - m2 - borrow;
  borrow = u64(a2 < m2) | (u64(a2 == m2) & borrow);
  const s3 = a3 - m3 - borrow;
  borrow = u64(a3 < m3) | (u64(a3 == m3) & borrow);
  if (carry < borrow) return answer(a0, a1, a2, a3);
  if (carry == borrow && isLess(s0, s1, s2, s3, m0, m1, m2, m3)) return answer(s0, s1, s2, s3);
  if (carry == 0) return mod(a0, a1, a2, a3, m0, m1, m2, m3);
  storeWord(NUMERATOR, a0, a1, a2, a3);
  store<u64>(NUMERATOR, carry, 32);
  storeWord(DIVISOR, m0, m1, m2, m3);
  divideCells(5);
  return answerCell(NUMERATOR);
}

export function mulmod(
  a0: u64, a1: u64, a2: u64, a3: u64,
  b0: u64, b1: u64, b2: u64, b3: u64,
  m0: u64, m1: u64, m2: u64, m3: u64,
): u64 {
  if ((m0 | m1 | m2 | m3) == 0) return answer(0, 0, 0, 0);
  if ((a1 | a2 | a3 | b1 | b2 | b3) == 0) {
    return mod(a0 * b0, high(a0, b0), 0, 0, m0, m1, m2, m3);
  }
  wideProduct(a0, a1, a2, a3, b0, b1, b2, b3);
  // Remainder by 2^256 - 1, with which solc programs compute 512-bit products: the sum of the
  // halves.
  if ((m0 & m1 & m2 & m3) == u64.MAX_VALUE) return foldHalves();
  storeWord(DIVISOR, m0, m1, m2, m3);
  divideCells(8);
  return answerCell(NUMERATOR);
}

function foldHalves(): u64 {
  let b = load<u64>(NUMERATOR, 32);
  let a0 = load<u64>(NUMERATOR) + b;
  let carry = u64(a0 < b);
  b = load<u64>(NUMERATOR, 40);
  let a1 = load<u64>(NUMERATOR, 8) + carry;
  carry = u64(a1 < carry);
  a1 += b;
  carry |= u64(a1 < b);
  b = load<u64>(NUMERATOR, 48);
  let a2 = load<u64>(NUMERATOR, 16) + carry;
  carry = u64(a2 < carry);
  a2 += b;
  carry |= u64(a2 < b);
  b = load<u64>(NUMERATOR, 56);
  let a3 = load<u64>(NUMERATOR, 24) + carry;
  carry = u64(a3 < carry);
  a3 += b;
  carry |= u64(a3 < b);
  // End-around carry; the product is below (2^256 - 1)^2, so it cannot carry twice.
  a0 += carry;
  carry &= u64(a0 == 0);
  a1 += carry;
  carry &= u64(a1 == 0);
  a2 += carry;
  carry &= u64(a2 == 0);
  a3 += carry;
  if ((a0 & a1 & a2 & a3) == u64.MAX_VALUE) return answer(0, 0, 0, 0);
  return answer(a0, a1, a2, a3);
}
