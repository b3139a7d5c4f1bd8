/** A chain as the outside sees it: blocks, finality, market events, submission. */
export {
  type BlockRef,
  CHAIN_FAMILIES,
  type ChainFamily,
  type ChainId,
  FINALITIES,
  type Finality,
} from "./block-ref.ts";
export {
  type ChainAdapter,
  ChainError,
  type ChainSigner,
  type FollowedBlock,
  type SignedTransaction,
  type SimulatedAction,
  TRANSACTION_ENCODINGS,
  type TradeQuote,
  type TransactionEncoding,
  type TransactionStatus,
  type UnsignedTransaction,
  type ValidUntil,
} from "./chain-adapter.ts";
export type { MarketAction, TradeAction } from "./market-action.ts";
export type { MarketEvent, PlacedEvent } from "./market-event.ts";
export type { AccountState, MarketState, OptionState, PerpState } from "./market-state.ts";
export {
  type PerformedAction,
  type PerformOptions,
  performAction,
  sendTransaction,
} from "./perform-action.ts";
