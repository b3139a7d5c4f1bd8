import type { LedgerBlock } from "./block.ts";
import type { BlockChain } from "./block-chain.ts";

/**
 * Everything that can change a ledger after its genesis. A ledger is a pure function of its genesis and the inputs that it applied, in order:
 * the same inputs give the same block hashes on any machine, so a log of inputs is the ledger.
 */
export type LedgerInput =
  /** A block with these transactions, in the chain's own signed form, in this order. */
  | {
      readonly kind: "block";
      /** Seconds since 1970-01-01. */
      readonly timestamp: number;
      readonly transactions: readonly Uint8Array[];
      /** Makes blocks with equal content different: raised by every reorganisation. */
      readonly salt: number;
    }
  /** The newest `depth` blocks are undone. */
  | { readonly kind: "reorg"; readonly depth: number }
  /** A change by decree, of a developer's RPC method: a balance, a storage slot. Its form is the ledger's own. */
  | { readonly kind: "decree"; readonly payload: Uint8Array };

/**
 * A chain in memory, the same for every family. Transactions come in signed, are checked at once and wait in a pool until a block is
 * produced. Nothing here reads a clock of its own or a random source.
 */
export interface Ledger<B extends LedgerBlock> {
  readonly blocks: BlockChain<B>;
  /**
   * Decodes and checks a signed transaction and puts it into the pool. Returns its identifier (hash or signature) in bytes. Submitting what
   * is already known is harmless.
   *
   * Faults: MALFORMED_TRANSACTION, INVALID_SIGNATURE, NONCE_MISMATCH, BALANCE_EXCEEDED, CHAIN_ID_MISMATCH, INVALID_TRANSACTION.
   */
  submit(transaction: Uint8Array): Uint8Array;
  /** Number of transactions in the pool that the next block could take. */
  readonly pendingCount: number;
  /** Takes a transaction out of the pool, if it is there. Ledgers have it whose blocks can fail. */
  withdraw?(id: Uint8Array): void;
  /**
   * Appends a block of what is in the pool, at the clock's time; an empty pool gives an empty block. A ledger that stands on another machine's state throws the
   * fault of a read that failed, and is as before.
   */
  produce(): B;
  /**
   * Undoes the newest `depth` blocks. Their transactions go back to the pool, unless `drop`; blocks that follow differ from the undone ones.
   * Fault: REORG_DEPTH_EXCEEDED.
   */
  reorganise(depth: number, drop?: boolean): void;
  /** A point to come back to, any number of times; pool, state, blocks. */
  snapshot(): LedgerSnapshot;
  /** Goes back to a snapshot of this ledger. */
  restore(snapshot: LedgerSnapshot): void;
  /** Applies a recorded input; how a log is replayed. Transactions that the chain now refuses are left out of the block. */
  apply(input: LedgerInput): void;
  /** Hears every input after it was applied, except those of `apply`; the result ends the subscription. */
  onInput(listener: (input: LedgerInput) => void): () => void;
}

/** What {@link Ledger.snapshot} gives; only the ledger that made it looks inside. */
export interface LedgerSnapshot {
  readonly height: number;
}
