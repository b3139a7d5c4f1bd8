import { decodeHex, encodeHex } from "@dragoman/bytes";
import type { MarketEvent } from "@dragoman/chain";
import { FaultError } from "@dragoman/fault";
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
  type Perp,
  pnlOf,
  requirementOf,
} from "./account.ts";
import { bps, notional } from "./amounts.ts";
import { MARKET_ERROR as E, MarketError, require } from "./market-error.ts";
import {
  AMOUNT_MAX,
  checkAmount,
  checkSize,
  LIFE_MAX,
  SIZE_MAX,
  SKEW_MAX,
  taken,
} from "./market-limits.ts";
import { findSlot, joinSlot, type OptionSeries } from "./option-slots.ts";
import { attestationDigest, decodePacket, encodePacket, type Packet, packetId } from "./packet.ts";
import { intrinsic, premium } from "./premium.ts";
import { isUsablePrice } from "./usable-price.ts";

/** The market's own numbers. */
export interface MarketNumbers {
  price: bigint;
  confidence: bigint;
  priceTime: bigint;
  volatility: bigint;
  pool: bigint;
  openLong: bigint;
  openShort: bigint;
  nextSequence: bigint;
}

/** What makes a market one end of a bridge. */
export interface BridgeEnd {
  /** The chain's number in packets. */
  readonly domain: number;
  /** Whether the signatures attest the 32-byte digest: enough attesters, ascending (SPEC.md, section 6). */
  isAttested(digest: Uint8Array, signatures: readonly Uint8Array[]): boolean;
}

/** A market that is alone: its domain is 0 and nothing is attested. */
const ALONE: BridgeEnd = { domain: 0, isAttested: () => false };

/** What leaves an account by an export. */
export interface ExportOrder {
  readonly destination: number;
  /** 32 bytes. */
  readonly recipient: Uint8Array;
  /** 0 = collateral only, 1 = the perpetual, 2 + n = option slot n. */
  readonly what: number;
  readonly collateral: bigint;
  /** Seconds since 1970-01-01 on the destination's clock. */
  readonly timeout: bigint;
}

type EventOf<T extends MarketEvent["type"]> = Extract<MarketEvent, { readonly type: T }>;

/** Part of a packet that its kind decides. */
type Position = Pick<
  Packet,
  "kind" | "poolValue" | "isLong" | "isCall" | "size" | "entry" | "expiry" | "strike"
>;

const NO_POSITION: Position = {
  kind: "collateral",
  poolValue: 0n,
  isLong: false,
  isCall: false,
  size: 0n,
  entry: 0n,
  expiry: 0n,
  strike: 0n,
};

/** An account and the pool while an action changes them. */
interface Balances {
  readonly account: Account;
  readonly pool: bigint;
}

/**
 * The reference model of the market on one chain: what packages/protocol/SPEC.md, sections 5 and 6, says, in bigints, without the token (the
 * caller moves, mints and burns tokens by the amounts of the events). An action either happens and returns its event, or throws a MarketError
 * and changes nothing. Owners are any text; those that use the bridge are 32 bytes in 0x hex.
 */
export class MarketModel {
  readonly numbers: MarketNumbers;
  readonly accounts = new Map<string, Account>();
  readonly settlements = new Map<bigint, bigint>();
  /** Identifier (0x hex) of each packet that was sent and not refunded, by sequence. */
  readonly packets = new Map<bigint, string>();
  readonly #receipts = new Set<string>();
  readonly #end: BridgeEnd;

  constructor(volatility: bigint, end: BridgeEnd = ALONE) {
    this.#end = end;
    this.numbers = {
      price: 0n,
      confidence: 0n,
      priceTime: 0n,
      volatility,
      pool: 0n,
      openLong: 0n,
      openShort: 0n,
      nextSequence: 1n,
    };
  }

  /** The same state in a model of its own. */
  clone(): MarketModel {
    const copy = new MarketModel(this.numbers.volatility, this.#end);
    Object.assign(copy.numbers, this.numbers);
    for (const [owner, account] of this.accounts) copy.accounts.set(owner, account);
    for (const [expiry, price] of this.settlements) copy.settlements.set(expiry, price);
    for (const [sequence, id] of this.packets) copy.packets.set(sequence, id);
    for (const receipt of this.#receipts) copy.#receipts.add(receipt);
    return copy;
  }

  account(owner: string): Account {
    return this.accounts.get(owner) ?? NO_ACCOUNT;
  }

  /** Whether the packet of this source and sequence was imported. */
  received(source: number, sequence: bigint): boolean {
    return this.#receipts.has(receiptOf(source, sequence));
  }

  deposit(owner: string, amount: bigint): EventOf<"Deposited"> {
    checkAmount(amount);
    const account = this.account(owner);
    require(account.collateral + amount < AMOUNT_MAX, E.OUT_OF_RANGE);
    this.accounts.set(owner, { ...account, collateral: account.collateral + amount });
    return { type: "Deposited", owner, amount };
  }

  fundPool(owner: string, amount: bigint): EventOf<"PoolFunded"> {
    checkAmount(amount);
    require(this.numbers.pool + amount < AMOUNT_MAX, E.OUT_OF_RANGE);
    this.numbers.pool += amount;
    return { type: "PoolFunded", owner, amount };
  }

  withdraw(owner: string, amount: bigint, now: bigint): EventOf<"Withdrawn"> {
    checkAmount(amount);
    const before = this.account(owner);
    const after = { ...before, collateral: taken(before.collateral, amount) };
    this.#checkMargin(before, after, now, true);
    this.accounts.set(owner, after);
    return { type: "Withdrawn", owner, amount };
  }

  publishPrice(
    price: bigint,
    confidence: bigint,
    time: bigint,
    now: bigint,
  ): EventOf<"OracleUpdated"> {
    require(price >= 1n && price < SIZE_MAX && confidence < SIZE_MAX, E.OUT_OF_RANGE);
    require(time > this.numbers.priceTime && time <= now + SKEW_MAX, E.ORACLE);
    Object.assign(this.numbers, { price, confidence, priceTime: time });
    return { type: "OracleUpdated", price, confidence, time };
  }

  tradePerp(
    owner: string,
    isLong: boolean,
    size: bigint,
    limit: bigint,
    now: bigint,
  ): EventOf<"PerpTraded"> {
    checkSize(size);
    this.#checkPrice(now);
    const { price } = this.numbers;
    require(isLong ? price <= limit : price >= limit, E.LIMIT);
    const before = this.account(owner);
    const pnl = pnlOf(before.perp, price);
    const settled = settle({ account: before, pool: this.numbers.pool }, pnl);
    const fee = bps(notional(size, price), 5n);
    const collateral = taken(settled.account.collateral, fee);
    const old = signed(before.perp.isLong, before.perp.size);
    const next = old + signed(isLong, size);
    const newSize = next < 0n ? -next : next;
    require(newSize < SIZE_MAX, E.OUT_OF_RANGE);
    const perp = newSize === 0n ? NO_PERP : { isLong: next > 0n, size: newSize, entry: price };
    const after = { ...before, collateral, perp };
    this.#checkMargin(before, after, now, false);
    this.#replace(owner, { account: after, pool: settled.pool + fee });
    return { type: "PerpTraded", owner, isLong, size, price, fee, pnl };
  }

  tradeOption(
    owner: string,
    series: OptionSeries,
    isBuy: boolean,
    size: bigint,
    limit: bigint,
    now: bigint,
  ): EventOf<"OptionTraded"> {
    checkSize(size);
    require(series.strike >= 1n && series.strike < SIZE_MAX, E.OUT_OF_RANGE);
    this.#checkPrice(now);
    require(series.expiry > now && series.expiry <= now + LIFE_MAX, E.EXPIRY);
    const { price, volatility } = this.numbers;
    const paid = notional(size, premium(price, series, volatility, series.expiry - now));
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
    const options = joinSlot(before.options, series, signed(isBuy, size));
    const after = { ...before, collateral, options };
    this.#checkMargin(before, after, now, isBuy);
    this.#replace(owner, { account: after, pool });
    const { expiry, strike, isCall } = series;
    return { type: "OptionTraded", owner, expiry, strike, isCall, isBuy, size, premium: paid, fee };
  }

  settleOption(owner: string, index: number, now: bigint): EventOf<"OptionSettled"> {
    const account = this.account(owner);
    const slot = account.options[index];
    require(slot !== undefined && slot.size > 0n, E.NO_POSITION);
    require(now >= slot.expiry, E.EXPIRY);
    const { price, priceTime, pool } = this.numbers;
    const recorded = this.settlements.get(slot.expiry);
    require(recorded !== undefined || priceTime >= slot.expiry, E.ORACLE);
    const settlement = recorded ?? price;
    const payout = notional(slot.size, intrinsic(settlement, slot));
    const paid = slot.isLong ? payout : lesser(payout, account.collateral);
    const freed = { ...account, options: account.options.with(index, FREE_SLOT) };
    this.#replace(owner, settle({ account: freed, pool }, slot.isLong ? paid : -paid));
    this.settlements.set(slot.expiry, settlement);
    return { type: "OptionSettled", owner, ...slot, payout };
  }

  liquidate(owner: string, liquidator: string, now: bigint): EventOf<"Liquidated"> {
    this.#checkPrice(now);
    const account = this.account(owner);
    const equity = equityOf(account, this.#marks(now));
    const { maintenance, exposure } = requirementOf(account, this.numbers.price);
    require(equity < maintenance, E.NOT_LIQUIDATABLE);
    const left = equity > 0n ? equity : 0n;
    const pool = this.numbers.pool + account.collateral - left;
    require(pool >= 0n, E.POOL);
    const reward = lesser(bps(exposure, 100n), left);
    this.#replace(owner, { account: { ...NO_ACCOUNT, collateral: left - reward }, pool });
    const own = this.account(liquidator);
    this.accounts.set(liquidator, { ...own, collateral: own.collateral + reward });
    const badDebt = equity < 0n ? -equity : 0n;
    return { type: "Liquidated", owner, liquidator, equity, reward, badDebt };
  }

  exportPosition(owner: string, order: ExportOrder, now: bigint): EventOf<"PacketSent"> {
    const before = this.account(owner);
    if (!isFlat(before)) this.#checkPrice(now);
    const { domain } = this.#end;
    require(order.destination !== domain && order.timeout > now, E.PACKET);
    const { left, position } = this.#remove(before, order.what, now);
    const collateral = taken(left.account.collateral, order.collateral);
    const after = { ...left.account, collateral };
    this.#checkMargin(before, after, now, true);
    const sequence = this.numbers.nextSequence;
    const { destination, recipient, timeout } = order;
    const packet = encodePacket({
      ...position,
      source: domain,
      destination,
      sequence,
      timeout,
      sender: decodeHex(owner),
      recipient,
      collateral: order.collateral,
    });
    this.#replace(owner, { account: after, pool: left.pool });
    this.numbers.nextSequence += 1n;
    this.packets.set(sequence, encodeHex(packetId(packet)));
    return { type: "PacketSent", packet: encodeHex(packet), sequence };
  }

  /** Takes a position out of an account: what stays, and what travels. */
  #remove(
    account: Account,
    what: number,
    now: bigint,
  ): { readonly left: Balances; readonly position: Position } {
    const { price, pool } = this.numbers;
    if (what === 0) return { left: { account, pool }, position: NO_POSITION };
    if (what === 1) {
      const { isLong, size } = account.perp;
      require(size > 0n, E.NO_POSITION);
      const left = settle({ account, pool }, pnlOf(account.perp, price));
      return {
        left: { ...left, account: { ...left.account, perp: NO_PERP } },
        position: { ...NO_POSITION, kind: "perp", isLong, size, entry: price },
      };
    }
    const slot = account.options[what - 2];
    require(slot !== undefined && slot.size > 0n, E.NO_POSITION);
    require(slot.isLong && slot.expiry > now, E.NOT_MOVABLE);
    const poolValue = this.value(slot, now);
    const options = account.options.with(what - 2, FREE_SLOT);
    return {
      left: { account: { ...account, options }, pool: taken(pool, poolValue, E.POOL) },
      position: { ...NO_POSITION, kind: "option", poolValue, ...slot },
    };
  }

  importPacket(
    bytes: Uint8Array,
    signatures: readonly Uint8Array[],
    now: bigint,
  ): EventOf<"PacketReceived"> {
    const packet = packetOf(bytes);
    const { source, sequence, size } = packet;
    const { domain } = this.#end;
    require(packet.destination === domain && source !== domain, E.PACKET);
    require(!this.received(source, sequence), E.RECEIPT);
    require(now <= packet.timeout, E.TIMEOUT);
    this.#checkAttestation("receive", bytes, signatures);
    const owner = encodeHex(packet.recipient);
    const after = this.#credited(owner, packet);
    let { account } = after;
    if (packet.kind === "perp") {
      require(account.perp.size === 0n, E.NOT_MOVABLE);
      account = { ...account, perp: perpOf(packet) };
    } else if (packet.kind === "option") {
      account = { ...account, options: joinSlot(account.options, packet, size) };
    }
    if (packet.kind !== "collateral") {
      this.#checkPrice(now);
      const { initial } = requirementOf(account, this.numbers.price);
      require(equityOf(account, this.#marks(now)) >= initial, E.MARGIN);
    }
    this.#replace(owner, { account, pool: after.pool });
    this.#receipts.add(receiptOf(source, sequence));
    return { type: "PacketReceived", packet: encodeHex(bytes), sequence };
  }

  refundPacket(
    bytes: Uint8Array,
    signatures: readonly Uint8Array[],
    now: bigint,
  ): EventOf<"PacketRefunded"> {
    const packet = packetOf(bytes);
    const { sequence } = packet;
    require(this.packets.get(sequence) === encodeHex(packetId(bytes)), E.RECEIPT);
    this.#checkAttestation("refund", bytes, signatures);
    const owner = encodeHex(packet.sender);
    this.#replace(owner, this.#returned(this.#credited(owner, packet), packet, now));
    this.packets.delete(sequence);
    return { type: "PacketRefunded", packet: encodeHex(bytes), sequence };
  }

  /** The sender's account with the position back in it, or closed at the price if it has no place there. */
  #returned(credited: Balances, packet: Packet, now: bigint): Balances {
    const { account } = credited;
    if (packet.kind === "perp") {
      const perp = perpOf(packet);
      if (account.perp.size === 0n) return { ...credited, account: { ...account, perp } };
      this.#checkPrice(now);
      return settle(credited, pnlOf(perp, this.numbers.price));
    }
    if (packet.kind === "option") {
      if (findSlot(account.options, packet) >= 0) {
        const options = joinSlot(account.options, packet, packet.size);
        return { ...credited, account: { ...account, options } };
      }
      this.#checkPrice(now);
      return settle(credited, this.value({ ...packet, isLong: true }, now));
    }
    return credited;
  }

  #credited(owner: string, { collateral, poolValue }: Packet): Balances {
    const account = this.account(owner);
    return {
      account: { ...account, collateral: account.collateral + collateral },
      pool: this.numbers.pool + poolValue,
    };
  }

  #checkAttestation(
    purpose: "receive" | "refund",
    bytes: Uint8Array,
    signatures: readonly Uint8Array[],
  ): void {
    const digest = attestationDigest(purpose, packetId(bytes));
    require(this.#end.isAttested(digest, signatures), E.ATTESTATION);
  }

  /** Writes what an action gives; open interest follows the perpetual. */
  #replace(owner: string, { account, pool }: Balances): void {
    const { perp } = this.account(owner);
    const open = (isLong: boolean): bigint => openOf(account.perp, isLong) - openOf(perp, isLong);
    this.numbers.openLong += open(true);
    this.numbers.openShort += open(false);
    this.numbers.pool = pool;
    this.accounts.set(owner, account);
  }

  #marks(now: bigint): Marks {
    const { price, volatility } = this.numbers;
    return { price, volatility, now };
  }

  #checkPrice(now: bigint): void {
    require(isUsablePrice(this.numbers, now), E.ORACLE);
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

const openOf = (perp: Perp, isLong: boolean): bigint => (perp.isLong === isLong ? perp.size : 0n);

const receiptOf = (source: number, sequence: bigint): string => `${source}/${sequence}`;

/** Moves a signed amount from the pool to the account: error 5 if the pool, 4 if the account has less. */
function settle({ account, pool }: Balances, amount: bigint): Balances {
  const { collateral } = account;
  return amount >= 0n
    ? {
        account: { ...account, collateral: collateral + amount },
        pool: taken(pool, amount, E.POOL),
      }
    : { account: { ...account, collateral: taken(collateral, -amount) }, pool: pool - amount };
}

/** The perpetual that a packet carries. */
function perpOf({ isLong, size, entry }: Packet): Perp {
  require(size < SIZE_MAX, E.OUT_OF_RANGE);
  return { isLong, size, entry };
}

/** The packet, or error 12. */
function packetOf(bytes: Uint8Array): Packet {
  try {
    return decodePacket(bytes);
  } catch (error) {
    if (error instanceof FaultError) throw new MarketError(E.PACKET);
    throw error;
  }
}
