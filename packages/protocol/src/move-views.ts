import type { AccountState, MarketState, OptionState } from "@dragoman/chain";
import { boolOf, fieldsOf, listOf, u64Of } from "./move-json.ts";

/** State of an account from the results (JSON, as `POST /v1/view` gives them) of `moveViews.account`. */
export function decodeMoveAccount(results: readonly unknown[]): AccountState {
  const { collateral, perp, options } = fieldsOf(results[0]);
  const { is_long, size, entry_price } = fieldsOf(perp);
  const held = u64Of(size);
  return {
    collateral: u64Of(collateral),
    ...(held > 0n && {
      perp: { isLong: boolOf(is_long), size: held, entry: u64Of(entry_price) },
    }),
    options: listOf(options)
      .map(optionOf)
      .filter((option) => option.size > 0n),
  };
}

function optionOf(value: unknown, slot: number): OptionState {
  const { expiry, strike, is_call, is_long, size } = fieldsOf(value);
  return {
    slot,
    expiry: u64Of(expiry),
    strike: u64Of(strike),
    isCall: boolOf(is_call),
    isLong: boolOf(is_long),
    size: u64Of(size),
  };
}

/** The market's numbers from the results of `moveViews.numbers`. */
export function decodeMoveMarket(results: readonly unknown[]): MarketState {
  const [price, confidence, priceTime, volatility, pool, openLong, openShort, nextSequence] =
    results.map(u64Of) as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  return {
    price,
    confidence,
    priceTime,
    volatility,
    pool,
    openLong,
    openShort,
    nextSequence,
  };
}

/** What a trade costs, from the results of `moveViews.quote`: two of a perpetual, three of an option. */
export function decodeMoveQuote(results: readonly unknown[]): {
  readonly price: bigint;
  readonly premium: bigint;
  readonly fee: bigint;
} {
  const numbers = results.map(u64Of);
  const [price, premium, fee] = (numbers.length === 2 ? [numbers[0], 0n, numbers[1]] : numbers) as [
    bigint,
    bigint,
    bigint,
  ];
  return { price, premium, fee };
}
