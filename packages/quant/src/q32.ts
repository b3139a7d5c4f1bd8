/**
 * Fixed point with 32 fractional bits (packages/protocol/SPEC.md, section 2). Every step floors; every value is unsigned unless its name
 * says otherwise. The programs on chain compute the same in 64-bit registers.
 */
export const ONE = 1n << 32n;
/** ln 2. */
export const LN2 = 2_977_044_472n;

/** floor(a · b / 2^32). */
export const mul = (a: bigint, b: bigint): bigint => (a * b) >> 32n;

/** floor(a · 2^32 / b); b > 0. */
export const div = (a: bigint, b: bigint): bigint => (a << 32n) / b;

/** Floor of the square root of a 64-bit integer. */
export function isqrt(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Square root of a Q32 number below 2^36, with 30 significant fractional bits. */
export const root = (w: bigint): bigint => isqrt(w << 28n) << 2n;

/** e^-x; 0 from x = 22 on. */
export function expNeg(x: bigint): bigint {
  if (x >= 22n * ONE) return 0n;
  const k = x / LN2;
  const r = x - k * LN2;
  let t = ONE;
  for (let n = 12n; n >= 1n; n--) t = ONE - mul(r, t) / n;
  return t >> k;
}

/** Natural logarithm of x >= 1. */
export function ln(x: bigint): bigint {
  let n = 0n;
  let y = x;
  while (y >= 2n * ONE) {
    y >>= 1n;
    n++;
  }
  const z = div(y - ONE, y + ONE);
  const square = mul(z, z);
  let s = 0n;
  for (let i = 15n; i >= 0n; i--) s = mul(s, square) + ONE / (2n * i + 1n);
  return n * LN2 + 2n * mul(z, s);
}

const P = 994_894_385n;
const B1 = 1_371_733_226n;
const B2 = 1_531_429_783n;
const B3 = 7_651_389_478n;
const B4 = 7_822_234_863n;
const B5 = 5_713_485_167n;
/** 1 / sqrt(2 pi). */
const DENSITY_AT_0 = 1_713_444_047n;

/** Standard normal distribution at d >= 0, Abramowitz and Stegun 26.2.17: within 7.5e-8. */
export function cdf(d: bigint): bigint {
  if (d >= 8n * ONE) return ONE;
  const t = div(ONE, ONE + mul(P, d));
  const a = B4 - mul(t, B5);
  const b = B3 - mul(t, a);
  const c = mul(t, b) - B2;
  const e = c >= 0n ? B1 + mul(t, c) : B1 - mul(t, -c);
  return ONE - mul(density(d), mul(t, e));
}

/** Density of the standard normal distribution at d >= 0. */
export const density = (d: bigint): bigint => mul(DENSITY_AT_0, expNeg(mul(d, d) / 2n));
