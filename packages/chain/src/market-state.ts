/** The market's state of one owner on one chain (packages/protocol/SPEC.md, "State"). */
export interface AccountState {
  readonly collateral: bigint;
  /** Absent if there is no position. */
  readonly perp?: PerpState;
  /** Slots that are in use, lowest first. */
  readonly options: readonly OptionState[];
}

export interface PerpState {
  readonly isLong: boolean;
  /** 1e-6 of the underlying. */
  readonly size: bigint;
  /** Average price of entry, 1e-6 USD. */
  readonly entry: bigint;
}

export interface OptionState {
  /** Place in the account, 0 to 3. */
  readonly slot: number;
  readonly expiry: bigint;
  readonly strike: bigint;
  readonly isCall: boolean;
  readonly isLong: boolean;
  readonly size: bigint;
}

/** The market's own state on one chain. */
export interface MarketState {
  readonly price: bigint;
  readonly confidence: bigint;
  /** Seconds since 1970-01-01 at which the price was published. */
  readonly priceTime: bigint;
  /** Annual volatility, 2^-32 units. */
  readonly volatility: bigint;
  /** Collateral of the pool that takes the other side. */
  readonly pool: bigint;
  readonly openLong: bigint;
  readonly openShort: bigint;
  readonly nextSequence: bigint;
}
