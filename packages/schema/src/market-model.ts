import type { BlockRef, ChainId } from "@dragoman/chain";
import type { Account, MarketNumbers } from "@dragoman/quant";
import type { AccountId } from "./scalar/account-id.ts";

/** What resolvers of `Chain` and `Market` start from: one market stands on each chain. */
export interface ChainModel {
  readonly id: ChainId;
}
export interface MarketModel {
  readonly chain: ChainId;
}

/** Amounts are in 1e-6 of the collateral or the underlying, signed where their field says so. */
export type AmountModel = bigint;

/** What resolvers of `Block` start from. */
export interface BlockModel {
  readonly chain: ChainId;
  readonly ref: BlockRef;
  readonly isFinal: boolean;
}

/** What resolvers of `Instrument` start from; without `option`: the perpetual. */
export interface InstrumentModel {
  readonly chain: ChainId;
  readonly option?: OptionSeriesModel;
}

export interface OptionSeriesModel {
  /** Seconds since 1970-01-01. */
  readonly expiry: bigint;
  /** 1e-6 USD. */
  readonly strike: bigint;
  readonly isCall: boolean;
}

/** What resolvers of `MarginAccount` start from: the account and its market after the same block. */
export interface MarginAccountModel {
  readonly chain: ChainId;
  /** 32 bytes in hex, as the market knows it. */
  readonly owner: string;
  readonly account: Account;
  readonly numbers: Readonly<MarketNumbers>;
  readonly anchor: BlockModel;
}

/** What resolvers of `Position` start from; without `slot`: the perpetual. */
export interface PositionModel {
  readonly account: MarginAccountModel;
  readonly slot?: number;
}

/** What resolvers of `Portfolio` start from. */
export interface PortfolioModel {
  readonly owners: readonly AccountId[];
  readonly accounts: readonly MarginAccountModel[];
}
