import {
  type Account,
  equityOf,
  FREE_SLOT,
  isFlat,
  type Marks,
  NO_ACCOUNT,
  NO_PERP,
  type OptionSlot,
  optionValue,
  pnlOf,
  requirementOf,
} from "./account.ts";
import { bps, notional } from "./amounts.ts";
import { MARKET_ERROR as E, require } from "./market-error.ts";
import { intrinsic, premium } from "./premium.ts";

const SIZE_MAX = 1n << 40n;
const AMOUNT_MAX = 1n << 60n;
const LIFE_MAX = 31_536_000n;
const AGE_MAX = 3600n;
const SKEW_MAX = 60n;

/** The market's own numbers. */
export interface MarketNumbers {
  price: bigint;
  confidence: bigint;
  priceTime: bigint;
  volatility: bigint;
  pool: bigint;
  openLong: bigint;
  openShort: bigint;
}

/**
 * The reference model of the market on one chain: what packages/protocol/SPEC.md, section 5, says, in bigints, without bridge and without the
 * token (the caller moves tokens by the amounts of the actions). An action either happens or throws a MarketError and changes nothing.
 */
export class MarketModel {
  readonly numbers: MarketNumbers;
  readonly accounts = new Map<string, Account>();
  readonly settlements = new Map<bigint, bigint>();

  constructor(volatility: bigint) {
    this.numbers = {
      price: 0n,
      confidence: 0n,
      priceTime: 0n,
      volatility,
      pool: 0n,
      openLong: 0n,
      openShort: 0n,
    };
  }

  account(owner: string): Account {
    return this.accounts.get(owner) ?? NO_ACCOUNT;
  }

  deposit(owner: string, amount: bigint): void {
    checkAmount(amount);
    const account = this.account(owner);
    require(account.collateral + amount < AMOUNT_MAX, E.OUT_OF_RANGE);
    this.accounts.set(owner, { ...account, collateral: account.collateral + amount });
  }

  fundPool(amount: bigint): void {
    checkAmount(amount);
    require(this.numbers.pool + amount < AMOUNT_MAX, E.OUT_OF_RANGE);
    this.numbers.pool += amount;
  }

  withdraw(owner: string, amount: bigint, now: bigint): void {
    checkAmount(amount);
    const before = this.account(owner);
    const after = { ...before, collateral: taken(before.collateral, amount) };
    this.#checkMargin(before, after, now, true);
    this.accounts.set(owner, after);
  }

  publishPrice(price: bigint, confidence: bigint, time: bigint, now: bigint): void {
    require(price >= 1n && price < SIZE_MAX && confidence < SIZE_MAX, E.OUT_OF_RANGE);
    require(time > this.numbers.priceTime && time <= now + SKEW_MAX, E.ORACLE);
    Object.assign(this.numbers, { price, confidence, priceTime: time });
  }

  /** Returns fee and signed pnl. */
  tradePerp(
    owner: string,
    isLong: boolean,
    size: bigint,
    limit: bigint,
    now: bigint,
  ): { fee: bigint; pnl: bigint } {
    checkSize(size);
    this.#checkPrice(now);
    const { price } = this.numbers;
    require(isLong ? price <= limit : price >= limit, E.LIMIT);
    const before = this.account(owner);
    const pnl = pnlOf(before.perp, price);
    let { pool } = this.numbers;
    let { collateral } = before;
    if (pnl >= 0n) {
      pool = taken(pool, pnl, E.POOL);
      collateral += pnl;
    } else {
      collateral = taken(collateral, -pnl);
      pool -= pnl;
    }
    const fee = bps(notional(size, price), 5n);
    collateral = taken(collateral, fee);
    pool += fee;
    const old = signed(before.perp.isLong, before.perp.size);
    const next = old + signed(isLong, size);
    const newSize = next < 0n ? -next : next;
    require(newSize < SIZE_MAX, E.OUT_OF_RANGE);
    const perp = newSize === 0n ? NO_PERP : { isLong: next > 0n, size: newSize, entry: price };
    const after = { ...before, collateral, perp };
    this.#checkMargin(before, after, now, false);
    this.numbers.pool = pool;
    this.#moveOpenInterest(old, next);
    this.accounts.set(owner, after);
    return { fee, pnl };
  }

  #moveOpenInterest(old: bigint, next: bigint): void {
    const long = (value: bigint): bigint => (value > 0n ? value : 0n);
    this.numbers.openLong += long(next) - long(old);
    this.numbers.openShort += long(-next) - long(-old);
  }

  /** Returns premium and fee. */
  tradeOption(
    owner: string,
    terms: { expiry: bigint; strike: bigint; isCall: boolean },
    isBuy: boolean,
    size: bigint,
    limit: bigint,
    now: bigint,
  ): { premium: bigint; fee: bigint } {
    checkSize(size);
    require(terms.strike >= 1n && terms.strike < SIZE_MAX, E.OUT_OF_RANGE);
    this.#checkPrice(now);
    require(terms.expiry > now && terms.expiry <= now + LIFE_MAX, E.EXPIRY);
    const { price, volatility } = this.numbers;
    const paid = notional(size, premium(price, terms, volatility, terms.expiry - now));
    require(isBuy ? paid <= limit : paid >= limit, E.LIMIT);
    const fee = bps(notional(size, price), 3n);
    const before = this.account(owner);
    let { pool } = this.numbers;
    let { collateral } = before;
    if (isBuy) {
      collateral = taken(collateral, paid + fee);
      pool += paid + fee;
    } else {
      pool = taken(pool, paid, E.POOL);
      collateral = taken(collateral + paid, fee);
      pool += fee;
    }
    const options = joinSlot(before.options, terms, signed(isBuy, size));
    const after = { ...before, collateral, options };
    this.#checkMargin(before, after, now, isBuy);
    this.numbers.pool = pool;
    this.accounts.set(owner, after);
    return { premium: paid, fee };
  }

  /** Returns the payout. */
  settleOption(owner: string, index: number, now: bigint): bigint {
    const account = this.account(owner);
    const slot = account.options[index];
    require(slot !== undefined && slot.size > 0n, E.NO_POSITION);
    require(now >= slot.expiry, E.EXPIRY);
    const { price, priceTime } = this.numbers;
    const recorded = this.settlements.get(slot.expiry);
    require(recorded !== undefined || priceTime >= slot.expiry, E.ORACLE);
    const settlement = recorded ?? price;
    const payout = notional(slot.size, intrinsic(settlement, slot));
    const paid = slot.isLong ? payout : lesser(payout, account.collateral);
    if (slot.isLong) this.numbers.pool = taken(this.numbers.pool, paid, E.POOL);
    else this.numbers.pool += paid;
    this.settlements.set(slot.expiry, settlement);
    this.accounts.set(owner, {
      ...account,
      collateral: account.collateral + (slot.isLong ? paid : -paid),
      options: account.options.with(index, FREE_SLOT),
    });
    return payout;
  }

  /** Returns signed equity, reward and bad debt. */
  liquidate(
    owner: string,
    liquidator: string,
    now: bigint,
  ): { equity: bigint; reward: bigint; badDebt: bigint } {
    this.#checkPrice(now);
    const account = this.account(owner);
    const equity = equityOf(account, this.#marks(now));
    const { maintenance, exposure } = requirementOf(account, this.numbers.price);
    require(equity < maintenance, E.NOT_LIQUIDATABLE);
    const left = equity > 0n ? equity : 0n;
    const pool = this.numbers.pool + account.collateral - left;
    require(pool >= 0n, E.POOL);
    const reward = lesser(bps(exposure, 100n), left);
    this.numbers.pool = pool;
    this.#moveOpenInterest(signed(account.perp.isLong, account.perp.size), 0n);
    this.accounts.set(owner, { ...NO_ACCOUNT, collateral: left - reward });
    const own = this.account(liquidator);
    this.accounts.set(liquidator, { ...own, collateral: own.collateral + reward });
    return { equity, reward, badDebt: equity < 0n ? -equity : 0n };
  }

  #marks(now: bigint): Marks {
    const { price, volatility } = this.numbers;
    return { price, volatility, now };
  }

  #checkPrice(now: bigint): void {
    const { price, confidence, priceTime } = this.numbers;
    const isFresh = priceTime + AGE_MAX >= now && priceTime <= now + SKEW_MAX;
    require(isFresh && confidence <= price / 50n, E.ORACLE);
  }

  #checkMargin(before: Account, after: Account, now: bigint, isStrict: boolean): void {
    if (isFlat(after)) return;
    this.#checkPrice(now);
    const { price } = this.numbers;
    const { initial } = requirementOf(after, price);
    const grew = initial > requirementOf(before, price).initial;
    const equity = equityOf(after, this.#marks(now));
    require(equity >= (grew || isStrict ? initial : 0n), E.MARGIN);
  }

  /** Signed equity of an account at the current price. */
  equity(owner: string, now: bigint): bigint {
    return equityOf(this.account(owner), this.#marks(now));
  }

  /** Value of one option slot, unsigned. */
  value(slot: OptionSlot, now: bigint): bigint {
    return optionValue(slot, this.#marks(now));
  }
}

const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);

const signed = (isPositive: boolean, size: bigint): bigint => (isPositive ? size : -size);

function taken(from: bigint, amount: bigint, code: number = E.COLLATERAL): bigint {
  require(from >= amount, code);
  return from - amount;
}

function checkAmount(amount: bigint): void {
  require(amount > 0n && amount < AMOUNT_MAX, E.OUT_OF_RANGE);
}

function checkSize(size: bigint): void {
  require(size > 0n && size < SIZE_MAX, E.OUT_OF_RANGE);
}

/** Adds a signed size to the slot of the terms, or to the lowest free one. */
function joinSlot(
  options: readonly OptionSlot[],
  terms: { expiry: bigint; strike: bigint; isCall: boolean },
  change: bigint,
): readonly OptionSlot[] {
  const same = ({ expiry, strike, isCall, size }: OptionSlot): boolean =>
    size > 0n && expiry === terms.expiry && strike === terms.strike && isCall === terms.isCall;
  let index = options.findIndex(same);
  if (index < 0) index = options.findIndex(({ size }) => size === 0n);
  require(index >= 0, E.SLOTS);
  const old = options[index]!;
  const next = signed(old.isLong, old.size) + change;
  const size = next < 0n ? -next : next;
  require(size < SIZE_MAX, E.OUT_OF_RANGE);
  const { expiry, strike, isCall } = terms;
  return options.with(
    index,
    size === 0n ? FREE_SLOT : { expiry, strike, isCall, isLong: next > 0n, size },
  );
}
