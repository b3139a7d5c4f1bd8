import { bps, notional } from "./amounts.ts";
import { premium } from "./premium.ts";

/** Option slots of an account. */
export const OPTION_SLOTS = 4;

export interface Perp {
  readonly isLong: boolean;
  /** 0 = none. */
  readonly size: bigint;
  readonly entry: bigint;
}

export interface OptionSlot {
  readonly expiry: bigint;
  readonly strike: bigint;
  readonly isCall: boolean;
  readonly isLong: boolean;
  /** 0 = free. */
  readonly size: bigint;
}

/** Account of one owner; replaced, never modified. */
export interface Account {
  readonly collateral: bigint;
  readonly perp: Perp;
  readonly options: readonly OptionSlot[];
}

export const NO_PERP: Perp = { isLong: false, size: 0n, entry: 0n };
export const FREE_SLOT: OptionSlot = {
  expiry: 0n,
  strike: 0n,
  isCall: false,
  isLong: false,
  size: 0n,
};
export const NO_ACCOUNT: Account = {
  collateral: 0n,
  perp: NO_PERP,
  options: Array.from({ length: OPTION_SLOTS }, () => FREE_SLOT),
};

/** What the market says of the world. */
export interface Marks {
  readonly price: bigint;
  readonly volatility: bigint;
  readonly now: bigint;
}

/** Signed gain of the perpetual at `price`. */
export function pnlOf({ isLong, size, entry }: Perp, price: bigint): bigint {
  const gain = notional(size, price) - notional(size, entry);
  return isLong ? gain : -gain;
}

/** Unsigned value of an option of `size` at the marks. */
export function optionValue(slot: OptionSlot, { price, volatility, now }: Marks): bigint {
  const seconds = slot.expiry > now ? slot.expiry - now : 0n;
  return notional(slot.size, premium(price, slot, volatility, seconds));
}

/** Signed worth of everything. */
export function equityOf({ collateral, perp, options }: Account, marks: Marks): bigint {
  let equity = collateral + pnlOf(perp, marks.price);
  for (const slot of options) {
    if (slot.size === 0n) continue;
    const value = optionValue(slot, marks);
    equity += slot.isLong ? value : -value;
  }
  return equity;
}

export interface Requirement {
  readonly initial: bigint;
  readonly maintenance: bigint;
  /** Total notional. */
  readonly exposure: bigint;
}

/** Margin that the positions need. */
export function requirementOf({ perp, options }: Account, price: bigint): Requirement {
  const size = notional(perp.size, price);
  let [initial, maintenance, exposure] = [bps(size, 1000n), bps(size, 500n), size];
  for (const slot of options) {
    if (slot.size === 0n) continue;
    const value = notional(slot.size, price);
    exposure += value;
    if (slot.isLong) continue;
    initial += bps(value, 1500n);
    maintenance += bps(value, 1000n);
  }
  return { initial, maintenance, exposure };
}

/** True if nothing in the account depends on a price. */
export const isFlat = ({ perp, options }: Account): boolean =>
  perp.size === 0n && options.every(({ size }) => size === 0n);
