/** Follows chains and keeps the canonical rows of the market, with finality and undo. */
export { ChainFollower, type FollowStep } from "./chain-follower.ts";
export type { FollowedChain } from "./followed-chain.ts";
export { Indexer, type IndexerOptions, migrateIndex } from "./indexer.ts";
export { listenToIndex, type Notice } from "./notice.ts";
export {
  type IndexedAccount,
  type IndexedMarket,
  type IndexedPosition,
  type OwnerOn,
  type PositionKey,
  readAccountsOf,
  readExpiries,
  readMarkets,
  readOpenAccounts,
  readPositions,
} from "./read/accounts.ts";
export { type IndexedBlock, type IndexedChain, readChains } from "./read/blocks.ts";
export {
  type EventFilter,
  type EventKey,
  eventKey,
  type IndexedEvent,
  readEvent,
  readEvents,
} from "./read/events.ts";
export type { Page, Slice } from "./read/page.ts";
export {
  type IndexedTransfer,
  type IndexedTransferStep,
  readTransferAt,
  readTransfers,
  readTransfersById,
  TRANSFER_STATUSES,
  type TransferFilter,
  type TransferKey,
  type TransferStatus,
} from "./read/transfers.ts";
export { memoryAdapter } from "./testing/memory-adapter.ts";
export { type MemoryAction, MemoryChain } from "./testing/memory-chain.ts";
