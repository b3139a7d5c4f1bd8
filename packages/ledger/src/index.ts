/** Blocks on a state: head, finality, reorganisation, snapshots, subscribers; and what every ledger can do. */
export type { ChainEvent, LedgerBlock } from "./block.ts";
export {
  BlockChain,
  type ChainSnapshot,
  type ChainState,
  type CommittedState,
} from "./block-chain.ts";
export { BlockOrigins } from "./block-origins.ts";
export { type BlockMode, BlockProducer, type BlockReport } from "./block-producer.ts";
export { LedgerClock } from "./clock.ts";
export { decodeInputs, encodeInput } from "./input-log.ts";
export type { Ledger, LedgerInput, LedgerSnapshot } from "./ledger.ts";
