import { type OptionTerms, probability, standardise } from "./premium.ts";
import { density, div, mul, ONE } from "./q32.ts";

/** Sensitivities of the premium of one underlying, signed, in 1e-9: for display, never for margin. */
export interface Greeks {
  /** Per dollar of the price. */
  readonly delta: bigint;
  /** Of delta, per dollar of the price. */
  readonly gamma: bigint;
  /** Dollars per volatility point (0.01). */
  readonly vega: bigint;
  /** Dollars per day. */
  readonly theta: bigint;
}

export const NO_GREEKS: Greeks = { delta: 0n, gamma: 0n, vega: 0n, theta: 0n };

const NANO = 1_000_000_000n;
/** 1e-6 USD in 1e-9 USD. */
const MICRO = 1000n;
const DAYS = 365n;

/**
 * Greeks of a European option by Black-Scholes without interest.
 *
 * @param price 1e-6 USD. @param volatility annual, Q32. @param seconds until expiry.
 */
export function greeksOf(
  price: bigint,
  terms: OptionTerms,
  volatility: bigint,
  seconds: bigint,
): Greeks {
  const odds = standardise(price, terms.strike, volatility, seconds);
  const ahead = terms.isCall ? 0n : NANO;
  if (odds === undefined) {
    const isCertain = price > terms.strike;
    return { ...NO_GREEKS, delta: (isCertain ? NANO : 0n) - ahead };
  }
  const { n1, sd } = odds;
  const size = n1 < 0n ? -n1 : n1;
  const phi = size >= 8n * sd ? 0n : density(div(size, sd));
  const perSd = div(phi, sd);
  return {
    delta: nano(probability(n1, sd)) - ahead,
    gamma: (nano(perSd) * 1_000_000n) / price,
    vega: (price * MICRO * mul(phi, div(sd, volatility))) / ONE / 100n,
    theta: -((price * MICRO * mul(perSd, mul(volatility, volatility))) / ONE / 2n / DAYS),
  };
}

/** Greeks of `size` (1e-6 underlying, signed) of what `greeks` are of. */
export function scaleGreeks(greeks: Greeks, size: bigint): Greeks {
  const scale = (value: bigint): bigint => (value * size) / 1_000_000n;
  const { delta, gamma, vega, theta } = greeks;
  return { delta: scale(delta), gamma: scale(gamma), vega: scale(vega), theta: scale(theta) };
}

/** Q32 in 1e-9. */
const nano = (value: bigint): bigint => (value * NANO) / ONE;
