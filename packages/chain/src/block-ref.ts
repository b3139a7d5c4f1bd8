/** A block by its place and identity. */
export interface BlockRef {
  readonly height: number;
  /** 0x hex, or base58 on Solana: as the chain itself writes it. */
  readonly hash: string;
  readonly parentHash: string;
  /** Seconds since 1970-01-01. */
  readonly timestamp: number;
}

/** How far a block or transaction is beyond doubt. */
export const FINALITIES = ["PENDING", "LATEST", "FINAL"] as const;
export type Finality = (typeof FINALITIES)[number];

/** Identifier by CAIP-2: `eip155:1337`, `solana:…`, `aptos:4`, `polkadot:…`. */
export type ChainId = string;

export const CHAIN_FAMILIES = ["evm", "svm", "move", "substrate"] as const;
export type ChainFamily = (typeof CHAIN_FAMILIES)[number];
