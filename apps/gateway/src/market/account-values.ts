import {
  bps,
  equityOf,
  type Greeks,
  type Marks,
  NO_GREEKS,
  notional,
  optionValue,
  pnlOf,
  requirementOf,
  scaleGreeks,
} from "@dragoman/quant";
import type {
  Decimal,
  MarginAccountModel,
  OptionSeriesModel,
  PositionModel,
} from "@dragoman/schema";
import { greeksOfOne } from "./option-series.ts";

/** What a position is at its account's block. Amounts in 1e-6 USD. */
export interface PositionValues {
  /** Undefined: the perpetual. */
  readonly option: OptionSeriesModel | undefined;
  readonly isLong: boolean;
  readonly size: bigint;
  /** Of the perpetual. */
  readonly entry: bigint | undefined;
  readonly notional: bigint;
  /** Signed. */
  readonly value: bigint;
  readonly initialMargin: bigint;
  readonly maintenanceMargin: bigint;
  readonly greeks: Greeks;
}

/** Margins of `SPEC.md`, section 3, in basis points of the notional. */
const MARGIN_BPS = {
  perpetual: { initial: 1000n, maintenance: 500n },
  shortOption: { initial: 1500n, maintenance: 1000n },
  longOption: { initial: 0n, maintenance: 0n },
} as const;

const HEALTH_DIGITS = 9;

export const nowOf = ({ anchor }: MarginAccountModel): bigint => BigInt(anchor.ref.timestamp);

const marksOf = (account: MarginAccountModel): Marks => ({
  price: account.numbers.price,
  volatility: account.numbers.volatility,
  now: nowOf(account),
});

/** Open positions: the perpetual first, then the options by slot. */
export function openPositions(account: MarginAccountModel): PositionModel[] {
  const { perp, options } = account.account;
  const slots = options.flatMap(({ size }, slot) => (size > 0n ? [{ account, slot }] : []));
  return perp.size > 0n ? [{ account }, ...slots] : slots;
}

/** Whether there is something at the position's place. */
export const isOpen = ({ account, slot }: PositionModel): boolean =>
  (slot === undefined ? account.account.perp : account.account.options[slot]!).size > 0n;

export function valuesOf({ account, slot }: PositionModel): PositionValues {
  const marks = marksOf(account);
  const { perp, options } = account.account;
  const { isLong, size } = slot === undefined ? perp : options[slot]!;
  const option = slot === undefined ? undefined : options[slot]!;
  const worth = notional(size, marks.price);
  const kind = option === undefined ? "perpetual" : isLong ? "longOption" : "shortOption";
  const one = greeksOfOne(option, account.numbers, marks.now);
  const gross = option === undefined ? 0n : optionWorth(account, option);
  return {
    option,
    isLong,
    size,
    entry: option === undefined ? perp.entry : undefined,
    notional: worth,
    value: option === undefined ? pnlOf(perp, marks.price) : isLong ? gross : -gross,
    initialMargin: bps(worth, MARGIN_BPS[kind].initial),
    maintenanceMargin: bps(worth, MARGIN_BPS[kind].maintenance),
    greeks: scaleGreeks(one, isLong ? size : -size),
  };
}

function optionWorth(
  account: MarginAccountModel,
  option: MarginAccountModel["account"]["options"][number],
): bigint {
  const marks = marksOf(account);
  return marks.price === 0n ? 0n : optionValue(option, marks);
}

/** What an account is worth and needs, in 1e-6 USD. */
export interface AccountValues {
  /** Signed. */
  readonly equity: bigint;
  readonly initialMargin: bigint;
  readonly maintenanceMargin: bigint;
}

export function accountValues(account: MarginAccountModel): AccountValues {
  const { initial, maintenance } = requirementOf(account.account, account.numbers.price);
  const isPriced = account.numbers.price > 0n;
  const equity = isPriced
    ? equityOf(account.account, marksOf(account))
    : account.account.collateral;
  return { equity, initialMargin: initial, maintenanceMargin: maintenance };
}

/** (equity - maintenance) / equity, floored to nine digits; -1 without equity; null without positions. */
export function healthOf(account: MarginAccountModel): Decimal | null {
  if (openPositions(account).length === 0) return null;
  const { equity, maintenanceMargin } = accountValues(account);
  if (equity <= 0n) return { raw: -1n, decimals: 0 };
  const scaled = (equity - maintenanceMargin) * 10n ** BigInt(HEALTH_DIGITS);
  const floored = scaled / equity - (scaled < 0n && scaled % equity !== 0n ? 1n : 0n);
  return { raw: floored, decimals: HEALTH_DIGITS };
}

/** Greeks of everything in the accounts; all markets have the same underlying. */
export function totalGreeks(accounts: readonly MarginAccountModel[]): Greeks {
  let total = NO_GREEKS;
  for (const position of accounts.flatMap(openPositions)) {
    const { delta, gamma, vega, theta } = valuesOf(position).greeks;
    total = {
      delta: total.delta + delta,
      gamma: total.gamma + gamma,
      vega: total.vega + vega,
      theta: total.theta + theta,
    };
  }
  return total;
}
