// Reciprocals of divisors: N. Möller and T. Granlund, "Improved division by invariant integers"
// (2011). Programs divide by the same few numbers again and again, so reciprocals are kept.
import { RECIPROCALS, WIDE_RECIPROCALS } from "./cells";
import { high } from "./multiply";

const GOLDEN: u64 = 0x9e3779b97f4a7c15;

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

/** Reciprocal of a normalised divisor. An entry: divisor, reciprocal; no divisor is zero. */
// @ts-ignore: decorator
@inline
export function reciprocal(d: u64): u64 {
  const entry = RECIPROCALS + (usize((d * GOLDEN) >> 58) << 4);
  if (load<u64>(entry) != d) {
    store<u64>(entry, computeReciprocal(d), 8);
    store<u64>(entry, d);
  }
  return load<u64>(entry, 8);
}

/** Reciprocal of the normalised two-limb divisor (d1, d0). An entry: d1, d0, reciprocal. */
// @ts-ignore: decorator
@inline
export function wideReciprocal(d1: u64, d0: u64): u64 {
  const entry = WIDE_RECIPROCALS + (usize(((d1 ^ d0) * GOLDEN) >> 59) << 5);
  if (((load<u64>(entry) ^ d1) | (load<u64>(entry, 8) ^ d0)) != 0) {
    store<u64>(entry, computeWide(d1, d0), 16);
    store<u64>(entry, d1);
    store<u64>(entry, d0, 8);
  }
  return load<u64>(entry, 16);
}

/** Algorithm 6. */
function computeWide(d1: u64, d0: u64): u64 {
  let v = computeReciprocal(d1);
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
  return v;
}

/** floor((u1 * 2^64 + u0) / d) for u1 < d, d normalised, v its reciprocal: algorithm 4. */
// @ts-ignore: decorator
@inline
export function divideStep(u1: u64, u0: u64, d: u64, v: u64): u64 {
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
