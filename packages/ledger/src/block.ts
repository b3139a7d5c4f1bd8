/** What every family's block has. Hashes are 32 bytes. */
export interface LedgerBlock {
  /** 0 = genesis. Solana: slot. */
  readonly height: number;
  readonly hash: Uint8Array;
  readonly parentHash: Uint8Array;
  /** Seconds since 1970-01-01. */
  readonly timestamp: number;
}

/** What a subscriber hears, in order. */
export type ChainEvent<B extends LedgerBlock> =
  | { readonly kind: "block"; readonly block: B }
  /** `removed` are gone, highest first; the head is now `head`. */
  | { readonly kind: "reorg"; readonly removed: readonly B[]; readonly head: B };
