// Division by three and four limbs: Knuth's algorithm D (TAOCP 2, 4.3.1) with digits from three limbs
// by two (N. Möller and T. Granlund, "Improved division by invariant integers", algorithm 5), so
// that a digit is too large once in 2^64 times. The divisor and what is left of the numerator are
// in locals.
import { DIVISOR, NUMERATOR, QUOTIENT, RESULT, storeWord } from "./cells";
import { high } from "./multiply";
import { wideReciprocal } from "./reciprocal";

/** Limb at p of the number that is shifted left by less than 64; the limb below is read too. */
// @ts-ignore: decorator
@inline
export function limbShifted(p: usize, shift: u64): u64 {
  return (load<u64>(p) << shift) | ((load<u64>(p - 8) >> 1) >> (63 - shift));
}

/** RESULT = r + d without the carry. */
function addWords(
  r0: u64, r1: u64, r2: u64, r3: u64,
  d0: u64, d1: u64, d2: u64, d3: u64,
): void {
  r0 += d0;
  let carry = u64(r0 < d0);
  r1 += carry;
  carry = u64(r1 < carry);
  r1 += d1;
  carry += u64(r1 < d1);
  r2 += carry;
  carry = u64(r2 < carry);
  r2 += d2;
  carry += u64(r2 < d2);
  storeWord(RESULT, r0, r1, r2, r3 + d3 + carry);
}

/**
 * RESULT = what is left of (d3, d2, r1, r0, u) when its digit, 2^64 - 1, is taken away: 2^64 divisors
 * are taken and one is added.
 */
function takeLargest(u: u64, r0: u64, r1: u64, d0: u64, d1: u64, d2: u64, d3: u64): void {
  const borrow = u64(r0 < d0);
  const s2 = r1 - d1 - borrow;
  const s3 = 0 - (u64(r1 < d1) | (u64(r1 == d1) & borrow));
  addWords(u, r0 - d0, s2, s3, d0, d1, d2, d3);
}

/** Takes the normalisation back: the remainder, four limbs, to NUMERATOR. */
function storeRemainder(r0: u64, r1: u64, r2: u64, r3: u64, shift: u64, n: i32): void {
  const up: u64 = 63 - shift;
  r0 = (r0 >> shift) | ((r1 << 1) << up);
  r1 = (r1 >> shift) | ((r2 << 1) << up);
  r2 = (r2 >> shift) | ((r3 << 1) << up);
  r3 >>= shift;
  if (n == 4) storeWord(NUMERATOR, r0, r1, r2, r3);
  else storeWord(NUMERATOR, r1, r2, r3, 0);
}

/**
 * NUMERATOR (m limbs) by DIVISOR (n limbs, 3 or 4; m >= n): quotient to QUOTIENT, remainder, four
 * limbs, to NUMERATOR. A divisor of three limbs, and the numerator with it, is taken 64 bits higher.
 */
export function divideLong(m: i32, n: i32): void {
  // What lies below the lowest limbs counts as zero.
  store<u64>(NUMERATOR - 8, 0);
  store<u64>(NUMERATOR - 16, 0);
  store<u64>(DIVISOR - 8, 0);
  store<u64>(DIVISOR - 16, 0);
  const last = DIVISOR + (usize(n - 1) << 3);
  const shift = clz(load<u64>(last));
  const d3 = limbShifted(last, shift);
  const d2 = limbShifted(last - 8, shift);
  const d1 = limbShifted(last - 16, shift);
  const d0 = n == 4 ? load<u64>(DIVISOR) << shift : 0;
  const v = wideReciprocal(d3, d2);
  let p = NUMERATOR + (usize(m - 1) << 3);
  let r3 = (load<u64>(p) >> 1) >> (63 - shift);
  let r2 = limbShifted(p, shift);
  let r1 = limbShifted(p - 8, shift);
  let r0 = limbShifted(p - 16, shift);
  p -= 24;
  for (let at = QUOTIENT + (usize(m - n) << 3); at >= QUOTIENT; at -= 8, p -= 8) {
    const u = p >= NUMERATOR ? limbShifted(p, shift) : 0;
    let digit: u64;
    if (r3 == d3 && r2 == d2) {
      digit = u64.MAX_VALUE;
      takeLargest(u, r0, r1, d0, d1, d2, d3);
      r0 = load<u64>(RESULT);
      r1 = load<u64>(RESULT, 8);
      r2 = load<u64>(RESULT, 16);
      r3 = load<u64>(RESULT, 24);
    } else {
      const low = v * r3;
      const q0 = low + r2;
      digit = high(v, r3) + r3 + u64(q0 < low);
      let t0 = d2 * digit;
      let n0 = r1 - t0;
      let n1 = r2 - digit * d3 - high(d2, digit) - u64(r1 < t0);
      n1 = n1 - d3 - u64(n0 < d2);
      n0 -= d2;
      digit++;
      if (n1 >= q0) {
        digit--;
        n0 += d2;
        n1 += d3 + u64(n0 < d2);
      }
      if (n1 > d3 || (n1 == d3 && n0 >= d2)) {
        digit++;
        n1 = n1 - d3 - u64(n0 < d2);
        n0 -= d2;
      }
      // The two lower limbs of digit * divisor are still to be taken away.
      t0 = digit * d0;
      const t1 = digit * d1;
      const middle = high(digit, d0) + t1;
      const top = high(digit, d1) + u64(middle < t1);
      let borrow = u64(u < t0);
      const s0 = u - t0;
      const s1 = r0 - middle - borrow;
      borrow = u64(r0 < middle) | (u64(r0 == middle) & borrow);
      const s2 = n0 - top - borrow;
      borrow = u64(n0 < top) | (u64(n0 == top) & borrow);
      r3 = n1 - borrow;
      r2 = s2;
      r1 = s1;
      r0 = s0;
      if (n1 < borrow) {
        digit--;
        addWords(r0, r1, r2, r3, d0, d1, d2, d3);
        r0 = load<u64>(RESULT);
        r1 = load<u64>(RESULT, 8);
        r2 = load<u64>(RESULT, 16);
        r3 = load<u64>(RESULT, 24);
      }
    }
    store<u64>(at, digit);
  }
  storeRemainder(r0, r1, r2, r3, shift, n);
}
