import { FREE_SLOT, type OptionSlot } from "./account.ts";
import { MARKET_ERROR as E, require } from "./market-error.ts";
import { SIZE_MAX } from "./market-limits.ts";
import type { OptionTerms } from "./premium.ts";

/** What identifies an option. */
export type OptionSeries = OptionTerms & { readonly expiry: bigint };

/** Index of the slot of the series, or of the lowest free one; -1 if there is neither. */
export function findSlot(options: readonly OptionSlot[], series: OptionSeries): number {
  const same = options.findIndex(
    ({ expiry, strike, isCall, size }) =>
      size > 0n && expiry === series.expiry && strike === series.strike && isCall === series.isCall,
  );
  return same >= 0 ? same : options.findIndex(({ size }) => size === 0n);
}

/** Adds a signed size to the slot of the series, or to the lowest free one. Refuses with the errors 8 and 1. */
export function joinSlot(
  options: readonly OptionSlot[],
  { expiry, strike, isCall }: OptionSeries,
  change: bigint,
): readonly OptionSlot[] {
  const index = findSlot(options, { expiry, strike, isCall });
  require(index >= 0, E.SLOTS);
  const old = options[index]!;
  const next = (old.isLong ? old.size : -old.size) + change;
  const size = next < 0n ? -next : next;
  require(size < SIZE_MAX, E.OUT_OF_RANGE);
  return options.with(
    index,
    size === 0n ? FREE_SLOT : { expiry, strike, isCall, isLong: next > 0n, size },
  );
}
