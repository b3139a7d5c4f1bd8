import { decodeHex, encodeHex } from "@dragoman/bytes";
import type { MarketEvent } from "@dragoman/chain";
import { assert } from "@dragoman/fault";
import {
  type Account,
  FREE_SLOT,
  NO_ACCOUNT,
  NO_PERP,
  type OptionSlot,
  optionValue,
  type Perp,
  pnlOf,
} from "./account.ts";
import type { MarketNumbers } from "./market-model.ts";
import { findSlot, joinSlot, type OptionSeries } from "./option-slots.ts";
import { decodePacket, type Packet } from "./packet.ts";

/** What an event is folded into: a market's numbers and its accounts before the event. */
export interface FoldState {
  readonly numbers: Readonly<MarketNumbers>;
  account(owner: string): Account;
}

/** What an event leaves: the numbers, and the accounts that it changed. */
export interface FoldChange {
  readonly numbers: Readonly<MarketNumbers>;
  readonly accounts: ReadonlyMap<string, Account>;
}

/** A market before its first event. `volatility` is a constant of the market, Q32, and in no event. */
export const emptyNumbers = (volatility: bigint): MarketNumbers => ({
  price: 0n,
  confidence: 0n,
  priceTime: 0n,
  volatility,
  pool: 0n,
  openLong: 0n,
  openShort: 0n,
  nextSequence: 1n,
});

/** The owners whose accounts an event of a market may change. */
export function ownersOf(event: MarketEvent): readonly string[] {
  switch (event.type) {
    case "OracleUpdated":
    case "PoolFunded":
      return [];
    case "Liquidated":
      return [event.owner, event.liquidator];
    case "PacketSent":
    case "PacketRefunded":
      return [encodeHex(decodePacket(decodeHex(event.packet)).sender)];
    case "PacketReceived":
      return [encodeHex(decodePacket(decodeHex(event.packet)).recipient)];
    default:
      return [event.owner];
  }
}

/**
 * The state of a market after an event, in a block of time `now` (seconds since 1970-01-01): the same arithmetic as the market's own
 * (packages/protocol/SPEC.md, section 5). The events of a market, all of them and in their order, give its pool, its open interest and every
 * account. An event that cannot have happened is a Bug.
 */
export function foldEvent(state: FoldState, event: MarketEvent, now: bigint): FoldChange {
  const fold = new Fold(state);
  applyEvent(fold, event, now);
  return fold;
}

function applyEvent(fold: Fold, event: MarketEvent, now: bigint): void {
  switch (event.type) {
    case "Deposited":
      return fold.credit(event.owner, event.amount);
    case "Withdrawn":
      return fold.credit(event.owner, -event.amount);
    case "PoolFunded":
      return fold.fund(event.amount);
    case "OracleUpdated":
      fold.numbers = {
        ...fold.numbers,
        price: event.price,
        confidence: event.confidence,
        priceTime: event.time,
      };
      return;
    case "PerpTraded": {
      const { perp } = fold.account(event.owner);
      const size = signed(perp) + (event.isLong ? event.size : -event.size);
      fold.settle(event.owner, event.pnl - event.fee);
      return fold.setPerp(event.owner, perpOf(size, event.price));
    }
    case "OptionTraded": {
      const { owner, isBuy, premium, fee, size } = event;
      fold.settle(owner, (isBuy ? -premium : premium) - fee);
      return fold.joinOption(owner, event, isBuy ? size : -size);
    }
    case "OptionSettled": {
      const { owner, isLong, payout } = event;
      fold.freeOption(owner, event);
      const { collateral } = fold.account(owner);
      return fold.settle(owner, isLong ? payout : -lesser(payout, collateral));
    }
    case "Liquidated": {
      const { owner, liquidator, equity, reward } = event;
      const left = equity > 0n ? equity : 0n;
      fold.fund(fold.account(owner).collateral - left);
      fold.replace(owner, { ...NO_ACCOUNT, collateral: left - reward });
      return fold.credit(liquidator, reward);
    }
    case "PacketSent":
      fold.numbers = { ...fold.numbers, nextSequence: event.sequence + 1n };
      return leave(fold, decodePacket(decodeHex(event.packet)));
    case "PacketReceived": {
      const packet = decodePacket(decodeHex(event.packet));
      return arrive(fold, encodeHex(packet.recipient), packet);
    }
    case "PacketRefunded":
      return comeBack(fold, decodePacket(decodeHex(event.packet)), now);
  }
}

function leave(fold: Fold, packet: Packet): void {
  const owner = encodeHex(packet.sender);
  if (packet.kind === "perp") {
    fold.settle(owner, pnlOf(fold.account(owner).perp, packet.entry));
    fold.setPerp(owner, NO_PERP);
  } else if (packet.kind === "option") {
    fold.freeOption(owner, packet);
    fold.fund(-packet.poolValue);
  }
  fold.credit(owner, -packet.collateral);
}

function arrive(fold: Fold, owner: string, packet: Packet): void {
  fold.credit(owner, packet.collateral);
  fold.fund(packet.poolValue);
  if (packet.kind === "perp") fold.setPerp(owner, packet);
  else if (packet.kind === "option") fold.joinOption(owner, packet, packet.size);
}

/** A refund: the position returns, or is closed at the market's price where it has no place. */
function comeBack(fold: Fold, packet: Packet, now: bigint): void {
  const owner = encodeHex(packet.sender);
  const { perp, options } = fold.account(owner);
  const { price, volatility } = fold.numbers;
  const isTaken = packet.kind === "perp" && perp.size > 0n;
  const isFull = packet.kind === "option" && findSlot(options, packet) < 0;
  if (!isTaken && !isFull) return arrive(fold, owner, packet);
  fold.credit(owner, packet.collateral);
  fold.fund(packet.poolValue);
  const gain = isTaken ? pnlOf(packet, price) : optionValue(packet, { price, volatility, now });
  fold.settle(owner, gain);
}

/** A state while an event changes it. */
class Fold implements FoldChange {
  numbers: Readonly<MarketNumbers>;
  readonly accounts = new Map<string, Account>();
  readonly #before: FoldState;

  constructor(before: FoldState) {
    this.numbers = before.numbers;
    this.#before = before;
  }

  account(owner: string): Account {
    return this.accounts.get(owner) ?? this.#before.account(owner);
  }

  /** Writes an account; open interest follows its perpetual. */
  replace(owner: string, account: Account): void {
    const before = this.account(owner).perp;
    const opened = (isLong: boolean): bigint =>
      sizeOn(account.perp, isLong) - sizeOn(before, isLong);
    const { openLong, openShort } = this.numbers;
    this.numbers = {
      ...this.numbers,
      openLong: openLong + opened(true),
      openShort: openShort + opened(false),
    };
    this.accounts.set(owner, account);
  }

  /** Adds a signed amount to the collateral. */
  credit(owner: string, amount: bigint): void {
    const account = this.account(owner);
    const collateral = account.collateral + amount;
    assert(collateral >= 0n, `the events of a market leave ${owner} with no negative collateral`);
    this.replace(owner, { ...account, collateral });
  }

  /** Adds a signed amount to the pool. */
  fund(amount: bigint): void {
    const pool = this.numbers.pool + amount;
    assert(pool >= 0n, "the events of a market leave its pool not negative");
    this.numbers = { ...this.numbers, pool };
  }

  /** Moves a signed amount from the pool to the account. */
  settle(owner: string, amount: bigint): void {
    this.fund(-amount);
    this.credit(owner, amount);
  }

  setPerp(owner: string, { isLong, size, entry }: Perp): void {
    this.replace(owner, { ...this.account(owner), perp: { isLong, size, entry } });
  }

  joinOption(owner: string, series: OptionSeries, change: bigint): void {
    const account = this.account(owner);
    this.replace(owner, { ...account, options: joinSlot(account.options, series, change) });
  }

  freeOption(owner: string, { expiry, strike, isCall }: OptionSeries): void {
    const account = this.account(owner);
    const isSame = (slot: OptionSlot): boolean =>
      slot.size > 0n && slot.expiry === expiry && slot.strike === strike && slot.isCall === isCall;
    const index = account.options.findIndex(isSame);
    assert(index >= 0, `the events of a market free only an option that ${owner} has`);
    this.replace(owner, { ...account, options: account.options.with(index, FREE_SLOT) });
  }
}

const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);

const signed = ({ isLong, size }: Perp): bigint => (isLong ? size : -size);

const sizeOn = (perp: Perp, isLong: boolean): bigint => (perp.isLong === isLong ? perp.size : 0n);

const perpOf = (size: bigint, entry: bigint): Perp =>
  size === 0n ? NO_PERP : { isLong: size > 0n, size: size > 0n ? size : -size, entry };
