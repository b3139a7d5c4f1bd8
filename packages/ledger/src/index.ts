/** Blocks on a state: head, finality, reorganisation, snapshots, subscribers. */
export type { ChainEvent, Clock, LedgerBlock } from "./block.ts";
export { BlockChain, type ChainSnapshot } from "./block-chain.ts";
