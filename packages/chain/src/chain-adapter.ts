import type { BlockRef, ChainFamily, ChainId, Finality } from "./block-ref.ts";
import type { MarketAction } from "./market-action.ts";
import type { PlacedEvent } from "./market-event.ts";
import type { AccountState, MarketState } from "./market-state.ts";

/** A block with what the market did in it. */
export interface FollowedBlock {
  readonly ref: BlockRef;
  readonly events: readonly PlacedEvent[];
}

/** A transaction in the chain's own form that its owner has to sign. */
export interface UnsignedTransaction {
  readonly chain: ChainId;
  /** EVM: JSON of a transaction request. Solana: base64 of the message. Aptos: 0x BCS of the raw transaction. Substrate: JSON of the signer payload. */
  readonly encoding: "evm-json" | "solana-message" | "aptos-bcs" | "substrate-json";
  readonly payload: string;
}

export type TransactionStatus =
  | { readonly state: "unknown" }
  | { readonly state: "pending" }
  | { readonly state: "included"; readonly block: BlockRef; readonly finality: Finality }
  | {
      readonly state: "failed";
      readonly block: BlockRef;
      readonly finality: Finality;
      readonly reason: string;
    };

/**
 * A chain as the index, the gateway and the relayer see it, over its own client and node. Nothing is cached here; every method may fail
 * with an error of the network, which the caller retries.
 */
export interface ChainAdapter {
  readonly id: ChainId;
  readonly family: ChainFamily;
  /** Blocks that stand on a block before it is final. */
  readonly finalityDepth: number;
  head(): Promise<BlockRef>;
  finalized(): Promise<BlockRef>;
  /** Canonical block at a height; undefined if there is none (yet, or a slot was skipped). */
  block(height: number): Promise<FollowedBlock | undefined>;
  market(): Promise<MarketState>;
  /** State of an owner: 32 bytes, 0x hex. */
  account(owner: string): Promise<AccountState>;
  /** Collateral tokens that the owner holds outside the market. */
  wallet(owner: string): Promise<bigint>;
  /** The transaction with which `owner` does `action`. */
  build(action: MarketAction, owner: string): Promise<UnsignedTransaction>;
  /** Sends signed bytes in the chain's form; answers its identifier. Sending the same bytes again is harmless. */
  submit(signed: Uint8Array): Promise<string>;
  status(transaction: string): Promise<TransactionStatus>;
  /** Whether a packet with this identifier has been received, as of the newest final block. */
  received(source: number, sequence: bigint): Promise<boolean>;
  close(): Promise<void>;
}
