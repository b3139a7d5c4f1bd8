import { MARKET_ERROR as E, require } from "./market-error.ts";

/** Sizes, prices and strikes are below it. */
export const SIZE_MAX = 1n << 40n;
/** Amounts are below it. */
export const AMOUNT_MAX = 1n << 60n;
/** Longest life of an option, seconds. */
export const LIFE_MAX = 31_536_000n;
/** Age at which a price is no longer usable, seconds. */
export const AGE_MAX = 3600n;
/** How far a price may be ahead of the chain's clock, seconds. */
export const SKEW_MAX = 60n;

/** `from - amount`; refuses with `code` if there is less. */
export function taken(from: bigint, amount: bigint, code: number = E.COLLATERAL): bigint {
  require(from >= amount, code);
  return from - amount;
}

/** Refuses what is no amount: error 1. */
export function checkAmount(amount: bigint): void {
  require(amount > 0n && amount < AMOUNT_MAX, E.OUT_OF_RANGE);
}

/** Refuses what is no size: error 1. */
export function checkSize(size: bigint): void {
  require(size > 0n && size < SIZE_MAX, E.OUT_OF_RANGE);
}
