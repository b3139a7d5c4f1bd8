/** A chain as the outside sees it: blocks, finality, market events, submission. */
export {
  type BlockRef,
  CHAIN_FAMILIES,
  type ChainFamily,
  type ChainId,
  FINALITIES,
  type Finality,
} from "./block-ref.ts";
export type {
  ChainAdapter,
  FollowedBlock,
  TransactionStatus,
  UnsignedTransaction,
} from "./chain-adapter.ts";
export type { MarketAction } from "./market-action.ts";
export type { MarketEvent, PlacedEvent } from "./market-event.ts";
export type { AccountState, MarketState, OptionState, PerpState } from "./market-state.ts";
