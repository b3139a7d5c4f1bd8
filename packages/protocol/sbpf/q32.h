/* Fixed point with 32 fractional bits and the Black-Scholes premium: SPEC.md, section 2. Every step floors; 64 bits suffice. */
#ifndef DRAGOMAN_Q32_H
#define DRAGOMAN_Q32_H

#include "sol.h"

#define ONE (1UL << 32)
#define LN2 2977044472UL
#define YEAR_SECONDS 31536000UL
#define VARIANCE_MAX (16 * ONE - 1)
/* From this ratio of price and strike an option is worth its intrinsic value. */
#define RATIO_MAX 1024
/* Beyond it, 136 years, time no longer fits the shift. */
#define SECONDS_MAX 0xffffffffUL

INLINE u64 q_mul(u64 a, u64 b) {
  u64 ah = a >> 32, al = a & 0xffffffff, bh = b >> 32, bl = b & 0xffffffff;
  return ((ah * bh) << 32) + ah * bl + al * bh + ((al * bl) >> 32);
}

/* a, b < 2^40, b > 0. */
INLINE u64 q_div(u64 a, u64 b) {
  u64 q = a / b, r = a % b;
  u64 f = (r << 24) / b, s = (r << 24) % b;
  return (q << 32) + (f << 8) + (s << 8) / b;
}

/* Floor of the square root. */
OUTLINE u64 isqrt(u64 value) {
  u64 root = 0;
  u64 bit = 1UL << 62;
  while (bit > value) bit >>= 2;
  while (bit != 0) {
    if (value >= root + bit) {
      value -= root + bit;
      root = (root >> 1) + bit;
    } else {
      root >>= 1;
    }
    bit >>= 2;
  }
  return root;
}

/* e^-x. */
OUTLINE u64 exp_neg(u64 x) {
  if (x >= 22 * ONE) return 0;
  u64 k = x / LN2;
  u64 r = x - k * LN2;
  u64 t = ONE;
  for (u64 n = 12; n >= 1; n--) t = ONE - q_mul(r, t) / n;
  return t >> k;
}

/* x >= ONE. */
OUTLINE u64 q_ln(u64 x) {
  u64 n = 0;
  while (x >= 2 * ONE) {
    x >>= 1;
    n++;
  }
  u64 z = q_div(x - ONE, x + ONE);
  u64 y = q_mul(z, z);
  u64 s = 0;
  for (u64 i = 16; i > 0; i--) s = q_mul(s, y) + ONE / (2 * i - 1);
  return n * LN2 + 2 * q_mul(z, s);
}

/* The normal distribution at d >= 0, Abramowitz and Stegun 26.2.17. */
OUTLINE u64 cdf(u64 d) {
  if (d >= 8 * ONE) return ONE;
  u64 t = q_div(ONE, ONE + q_mul(994894385, d));
  u64 a = 7822234863 - q_mul(t, 5713485167);
  u64 b = 7651389478 - q_mul(t, a);
  u64 m = q_mul(t, b);
  u64 e = m >= 1531429783 ? 1371733226 + q_mul(t, m - 1531429783) : 1371733226 - q_mul(t, 1531429783 - m);
  u64 density = q_mul(1713444047, exp_neg(q_mul(d, d) / 2));
  return ONE - q_mul(density, q_mul(t, e));
}

INLINE u64 above(u64 a, u64 b) { return a > b ? a - b : 0; }

/* What exercise at `price` gives per underlying. */
INLINE u64 intrinsic(u64 price, u64 strike, int is_call) {
  return is_call ? above(price, strike) : above(strike, price);
}

/* N(n / sd). */
OUTLINE u64 probability(i64 n, u64 sd) {
  u64 size = n < 0 ? (u64)-n : (u64)n;
  u64 value = cdf(size >= 8 * sd ? 8 * ONE : q_div(size, sd));
  return n < 0 ? ONE - value : value;
}

/* Premium in 1e-6 USD per underlying; price, strike in 1 .. 2^40 - 1. */
OUTLINE u64 premium(u64 price, u64 strike, u64 volatility, u64 seconds, int is_call) {
  if (seconds > SECONDS_MAX) seconds = SECONDS_MAX;
  u64 w = q_mul(q_mul(volatility, volatility), (seconds << 32) / YEAR_SECONDS);
  if (w > VARIANCE_MAX) w = VARIANCE_MAX;
  u64 sd = isqrt(w << 28) << 2;
  u64 high = price >= strike ? price : strike;
  u64 low = price >= strike ? strike : price;
  /* Before q_div, whose quotient has room for 2^32. */
  if (seconds == 0 || sd == 0 || high / low >= RATIO_MAX) return intrinsic(price, strike, is_call);
  i64 m = (i64)q_ln(q_div(high, low));
  if (price < strike) m = -m;
  i64 half = (i64)(w / 2);
  u64 call = above(q_mul(price, probability(m + half, sd)), q_mul(strike, probability(m - half, sd)));
  u64 floor = above(price, strike);
  if (call < floor) call = floor;
  if (call > price) call = price;
  if (is_call) return call;
  u64 put = above(call + strike, price);
  floor = above(strike, price);
  if (put < floor) put = floor;
  return put > strike ? strike : put;
}

#endif
