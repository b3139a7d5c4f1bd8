import type { ChainId } from "@dragoman/chain";
import { type Greeks, greeksOf, type MarketNumbers, NO_GREEKS, premium } from "@dragoman/quant";
import type { Greeks as GreeksShown, InstrumentModel, OptionSeriesModel } from "@dragoman/schema";
import { formatDateTime, formatDecimal } from "@dragoman/schema";
import { decimalOf } from "./amount.ts";

/** The market's one underlying. */
export const UNDERLYING = "ETH";
const DOLLAR = 1_000_000n;
const NANO = 1_000_000_000n;
const DAY = 86_400n;
const WEEK = 7n * DAY;
/** 1970-01-02 was a Friday; options end at 08:00 UTC. */
const FIRST_FRIDAY = DAY + 8n * 3600n;
const WEEKS_SHOWN = 4n;

/** `ETH-PERP`, `ETH-20261225-3000-C`. */
export function symbolOf(option: OptionSeriesModel | undefined): string {
  if (option === undefined) return `${UNDERLYING}-PERP`;
  const day = formatDateTime(option.expiry).slice(0, 10).replaceAll("-", "");
  const strike = formatDecimal(decimalOf(option.strike));
  return `${UNDERLYING}-${day}-${strike}-${option.isCall ? "C" : "P"}`;
}

export const instrumentOf = (
  chain: ChainId,
  option: OptionSeriesModel | undefined,
): InstrumentModel => (option === undefined ? { chain } : { chain, option });

/** What one underlying of the instrument is worth, 1e-6 USD; `now`: the market's block time. */
export function markOf(
  option: OptionSeriesModel | undefined,
  { price, volatility }: Readonly<MarketNumbers>,
  now: bigint,
): bigint {
  if (option === undefined || price === 0n) return price;
  return premium(price, option, volatility, secondsTo(option, now));
}

/** Greeks of one underlying of the instrument. */
export function greeksOfOne(
  option: OptionSeriesModel | undefined,
  { price, volatility }: Readonly<MarketNumbers>,
  now: bigint,
): Greeks {
  if (option === undefined) return { ...NO_GREEKS, delta: NANO };
  if (price === 0n) return NO_GREEKS;
  return greeksOf(price, option, volatility, secondsTo(option, now));
}

const secondsTo = ({ expiry }: OptionSeriesModel, now: bigint): bigint =>
  expiry > now ? expiry - now : 0n;

/** Greeks as the schema has them. */
export const shownGreeks = ({ delta, gamma, vega, theta }: Greeks): GreeksShown => ({
  delta: { raw: delta, decimals: 9 },
  gamma: { raw: gamma, decimals: 9 },
  vega: { raw: vega, decimals: 9 },
  theta: { raw: theta, decimals: 9 },
});

/** The next Fridays, 08:00 UTC, after `now`. */
export function nextFridays(now: bigint): bigint[] {
  const passed = now < FIRST_FRIDAY ? -1n : (now - FIRST_FRIDAY) / WEEK;
  const fridays: bigint[] = [];
  for (let i = 1n; i <= WEEKS_SHOWN; i++) fridays.push(FIRST_FRIDAY + (passed + i) * WEEK);
  return fridays;
}

/** Strikes at 80 to 120 % of a price in steps of 5 %, in whole dollars. */
export function strikesAround(price: bigint): bigint[] {
  const strikes = new Set<bigint>();
  for (let percent = 80n; percent <= 120n; percent += 5n) {
    const dollars = (price * percent) / (100n * DOLLAR);
    if (dollars > 0n) strikes.add(dollars * DOLLAR);
  }
  return [...strikes];
}
