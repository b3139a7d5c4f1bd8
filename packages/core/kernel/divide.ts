// Division of words. Long division is Knuth's algorithm D (TAOCP 2, 4.3.1) on 64-bit limbs, with
// the 128/64-bit step of N. Möller and T. Granlund, "Improved division by invariant integers"
// (2011).
import { answer, DIVISOR, NUMERATOR, QUOTIENT, RESULT, storeWord } from "./cells";
import { high, wideProduct } from "./multiply";

/** floor(((2^64 - 1 - d) * 2^64 + 2^64 - 1) / d) for a normalised d, by two 32-bit digits. */
function computeReciprocal(d: u64): u64 {
  const d1 = d >> 32;
  const d0 = d & 0xffffffff;
  const top = ~d;
  let q1 = top / d1;
  let r = top - q1 * d1;
  while (q1 >> 32 || q1 * d0 > ((r << 32) | 0xffffffff)) {
    q1--;
    r += d1;
    if (r >> 32) break;
  }
  const rest = (top << 32) + 0xffffffff - q1 * d;
  let q0 = rest / d1;
  r = rest - q0 * d1;
  while (q0 >> 32 || q0 * d0 > ((r << 32) | 0xffffffff)) {
    q0--;
    r += d1;
    if (r >> 32) break;
  }
  return (q1 << 32) + q0;
}

let lastDivisor: u64 = 0;
let lastReciprocal: u64 = 0;

/** Reciprocal of a normalised divisor; programs divide by the same number again and again. */
// @ts-ignore: decorator
@inline
function reciprocal(d: u64): u64 {
  if (d != lastDivisor) {
    lastReciprocal = computeReciprocal(d);
    lastDivisor = d;
  }
  return lastReciprocal;
}

/** floor((u1 * 2^64 + u0) / d) for u1 < d, d normalised, v its reciprocal. */
// @ts-ignore: decorator
@inline
function divideStep(u1: u64, u0: u64, d: u64, v: u64): u64 {
  const low = v * u1;
  const q0 = low + u0;
  let q1 = high(v, u1) + u1 + u64(q0 < low) + 1;
  let r = u0 - q1 * d;
  if (r > q0) {
    q1--;
    r += d;
  }
  if (r >= d) q1++;
  return q1;
}

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

let lastHigh: u64 = 0;
let lastLow: u64 = 0;
let lastWide: u64 = 0;

/** Reciprocal of the normalised two-limb divisor (d1, d0): Möller and Granlund, algorithm 6. */
function wideReciprocal(d1: u64, d0: u64): u64 {
  if (d1 == lastHigh && d0 == lastLow) return lastWide;
  let v = reciprocal(d1);
  let p = d1 * v + d0;
  if (p < d0) {
    v--;
    if (p >= d1) {
      v--;
      p -= d1;
    }
    p -= d1;
  }
  const t1 = high(v, d0);
  p += t1;
  if (p < t1) {
    v--;
    if (p > d1 || (p == d1 && v * d0 + d0 >= d0)) v--;
  }
  lastHigh = d1;
  lastLow = d0;
  lastWide = v;
  return v;
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

/** Limb at p of the number that is shifted left by less than 64. */
// @ts-ignore: decorator
@inline
function limbShifted(p: usize, shift: u64): u64 {
  const limb = load<u64>(p);
  return shift ? (limb << shift) | (load<u64>(p - 8) >> (64 - shift)) : limb;
}

/** Shifts n limbs at p left by 0 < shift < 64; answers what falls out. */
function shiftLeft(p: usize, n: i32, shift: u64): u64 {
  let carry: u64 = 0;
  for (let i = 0; i < n; i++, p += 8) {
    const limb = load<u64>(p);
    store<u64>(p, (limb << shift) | carry);
    carry = limb >> (64 - shift);
  }
  return carry;
}

/** NUMERATOR[j..j+n] -= digit * DIVISOR; true if it went below zero. */
function subtractProduct(p: usize, n: i32, digit: u64): bool {
  let carry: u64 = 0;
  for (let i: usize = 0; i < usize(n) << 3; i += 8) {
    const d = load<u64>(DIVISOR + i);
    const low = digit * d + carry;
    const limb = load<u64>(p + i);
    carry = high(digit, d) + u64(low < carry);
    store<u64>(p + i, limb - low);
    carry += u64(limb < low);
  }
  const top = load<u64>(p + (usize(n) << 3));
  store<u64>(p + (usize(n) << 3), top - carry);
  return top < carry;
}

/** NUMERATOR[j..j+n] += DIVISOR: step D6. */
function addBack(p: usize, n: i32): void {
  let carry: u64 = 0;
  for (let i: usize = 0; i < usize(n) << 3; i += 8) {
    const limb = load<u64>(p + i);
    const sum = limb + load<u64>(DIVISOR + i);
    const result = sum + carry;
    store<u64>(p + i, result);
    carry = u64(sum < limb) | u64(result < sum);
  }
  store<u64>(p + (usize(n) << 3), load<u64>(p + (usize(n) << 3)) + carry);
}

/** NUMERATOR (m limbs, room for one more) by DIVISOR (n >= 2 limbs, m >= n). */
function divideLong(m: i32, n: i32): void {
  const shift = clz(load<u64>(DIVISOR + (usize(n - 1) << 3)));
  let top: u64 = 0;
  if (shift) {
    shiftLeft(DIVISOR, n, shift);
    top = shiftLeft(NUMERATOR, m, shift);
  }
  store<u64>(NUMERATOR + (usize(m) << 3), top);
  const d1 = load<u64>(DIVISOR + (usize(n - 1) << 3));
  const d0 = load<u64>(DIVISOR + (usize(n - 2) << 3));
  const v = reciprocal(d1);
  for (let j = m - n; j >= 0; j--) {
    const p = NUMERATOR + (usize(j) << 3);
    const u2 = load<u64>(p + (usize(n) << 3));
    const u1 = load<u64>(p + (usize(n - 1) << 3));
    const u0 = load<u64>(p + (usize(n - 2) << 3));
    let digit: u64 = u64.MAX_VALUE;
    let r: u64 = u1 + d1;
    let small = r >= d1;
    if (u2 < d1) {
      digit = divideStep(u2, u1, d1, v);
      r = u1 - digit * d1;
      small = true;
    }
    while (small) {
      const h = high(digit, d0);
      if (h < r || (h == r && digit * d0 <= u0)) break;
      digit--;
      r += d1;
      small = r >= d1;
    }
    if (subtractProduct(p, n, digit)) {
      digit--;
      addBack(p, n);
    }
    store<u64>(QUOTIENT + (usize(j) << 3), digit);
  }
  if (shift) {
    for (let i = 0; i < n; i++) {
      const p = NUMERATOR + (usize(i) << 3);
      const above: u64 = i + 1 < n ? load<u64>(p, 8) << (64 - shift) : 0;
      store<u64>(p, (load<u64>(p) >> shift) | above);
    }
  }
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
  for (let i = n; i < 4; i++) store<u64>(NUMERATOR + (usize(i) << 3), 0);
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

export function mod(
  a0: u64, a1: u64, a2: u64, a3: u64,
  b0: u64, b1: u64, b2: u64, b3: u64,
): u64 {
  if ((b1 | b2 | b3) == 0) {
    if (b0 == 0) return answer(0, 0, 0, 0);
    if ((a1 | a2 | a3) == 0) return answer(a0 % b0, 0, 0, 0);
    if ((a2 | a3) == 0) return divide128(a0, a1, b0, false);
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

/** Loads the absolute value of a into RESULT when it is negative. */
function absolute(a0: u64, a1: u64, a2: u64, a3: u64): void {
  answer(a0, a1, a2, a3);
  if (i64(a3) < 0) negateResult();
}

export function sdiv(
  a0: u64, a1: u64, a2: u64, a3: u64,
  b0: u64, b1: u64, b2: u64, b3: u64,
): u64 {
  const negative = i64(a3 ^ b3) < 0;
  absolute(b0, b1, b2, b3);
  b0 = load<u64>(RESULT);
  b1 = load<u64>(RESULT, 8);
  b2 = load<u64>(RESULT, 16);
  b3 = load<u64>(RESULT, 24);
  absolute(a0, a1, a2, a3);
  const q = div(
    load<u64>(RESULT), load<u64>(RESULT, 8), load<u64>(RESULT, 16), load<u64>(RESULT, 24),
    b0, b1, b2, b3,
  );
  return negative ? negateResult() : q;
}

export function smod(
  a0: u64, a1: u64, a2: u64, a3: u64,
  b0: u64, b1: u64, b2: u64, b3: u64,
): u64 {
  absolute(b0, b1, b2, b3);
  b0 = load<u64>(RESULT);
  b1 = load<u64>(RESULT, 8);
  b2 = load<u64>(RESULT, 16);
  b3 = load<u64>(RESULT, 24);
  absolute(a0, a1, a2, a3);
  const r = mod(
    load<u64>(RESULT), load<u64>(RESULT, 8), load<u64>(RESULT, 16), load<u64>(RESULT, 24),
    b0, b1, b2, b3,
  );
  return i64(a3) < 0 ? negateResult() : r;
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
