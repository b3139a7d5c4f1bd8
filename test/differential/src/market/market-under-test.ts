/** One step of a random sequence, in plain numbers; owners are indices. */
export interface MarketStep {
  readonly kind:
    | "deposit"
    | "withdraw"
    | "fundPool"
    | "publishPrice"
    | "tradePerp"
    | "tradeOption"
    | "settleOption"
    | "liquidate";
  readonly owner: number;
  readonly other: number;
  readonly now: bigint;
  readonly amount: bigint;
  readonly price: bigint;
  readonly flag: boolean;
  readonly isCall: boolean;
  readonly expiry: bigint;
  readonly limit: bigint;
  readonly slot: number;
}

/** Everything that can be compared after a step: error number (0 = done) and the market's numbers. */
export interface MarketView {
  readonly error: number;
  readonly pool: bigint;
  readonly openLong: bigint;
  readonly openShort: bigint;
  readonly accounts: readonly AccountView[];
}

export interface AccountView {
  readonly collateral: bigint;
  readonly perp: readonly [isLong: boolean, size: bigint, entry: bigint];
  /** expiry, strike, isCall, isLong, size of each slot. */
  readonly options: readonly (readonly [bigint, bigint, boolean, boolean, bigint])[];
}

/** An implementation of packages/protocol/SPEC.md. */
export interface MarketUnderTest {
  apply(step: MarketStep): MarketView;
}

export const OWNERS = 3;
export const VOLATILITY = ((1n << 32n) * 8n) / 10n;
