import { cdf, div, ln, mul, ONE, root } from "./q32.ts";

const YEAR_SECONDS = 31_536_000n;
const VARIANCE_MAX = 16n * ONE - 1n;
/** Ratio of price and strike from which an option is worth its intrinsic value. */
const RATIO_MAX = 1024n * ONE;

export interface OptionTerms {
  /** 1e-6 USD. */
  readonly strike: bigint;
  readonly isCall: boolean;
}

const positive = (value: bigint): bigint => (value > 0n ? value : 0n);

/** What exercise at `price` gives per underlying, 1e-6 USD. */
export const intrinsic = (price: bigint, { strike, isCall }: OptionTerms): bigint =>
  positive(isCall ? price - strike : strike - price);

/**
 * Black-Scholes premium of a European option without interest, in 1e-6 USD per underlying (SPEC.md, section 2).
 *
 * @param price 1e-6 USD, below 2^40. @param volatility annual, Q32, at most 4. @param seconds until expiry, below 2^28.
 */
export function premium(
  price: bigint,
  terms: OptionTerms,
  volatility: bigint,
  seconds: bigint,
): bigint {
  const { strike, isCall } = terms;
  const floor = intrinsic(price, terms);
  const odds = standardise(price, strike, volatility, seconds);
  if (odds === undefined) return floor;
  const { n1, n2, sd } = odds;
  const call = positive(mul(price, probability(n1, sd)) - mul(strike, probability(n2, sd)));
  const bounded = clamp(call, positive(price - strike), price);
  if (isCall) return bounded;
  return clamp(bounded + strike - price, floor, strike);
}

/** d1 and d2 as signed numerators over `sd`, all Q32. */
export interface Odds {
  readonly n1: bigint;
  readonly n2: bigint;
  /** Volatility times the root of the time. */
  readonly sd: bigint;
}

/** What Black-Scholes asks of the normal distribution; undefined where the option is worth its intrinsic value. */
export function standardise(
  price: bigint,
  strike: bigint,
  volatility: bigint,
  seconds: bigint,
): Odds | undefined {
  const tau = (seconds << 32n) / YEAR_SECONDS;
  const variance = mul(mul(volatility, volatility), tau);
  const w = variance > VARIANCE_MAX ? VARIANCE_MAX : variance;
  const sd = root(w);
  if (seconds === 0n || sd === 0n) return undefined;
  const isAbove = price >= strike;
  const ratio = isAbove ? div(price, strike) : div(strike, price);
  if (ratio >= RATIO_MAX) return undefined;
  const moneyness = isAbove ? ln(ratio) : -ln(ratio);
  const half = w / 2n;
  return { n1: moneyness + half, n2: moneyness - half, sd };
}

/** N(n / sd) for signed n. */
export function probability(n: bigint, sd: bigint): bigint {
  const size = n < 0n ? -n : n;
  const d = size >= 8n * sd ? 8n * ONE : div(size, sd);
  return n < 0n ? ONE - cdf(d) : cdf(d);
}

const clamp = (value: bigint, low: bigint, high: bigint): bigint =>
  value < low ? low : value > high ? high : value;
