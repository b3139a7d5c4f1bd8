import type { ChainAdapter, ChainSigner } from "@dragoman/chain";

/** What an attester needs of a chain. */
export type AttestedChain = Pick<
  ChainAdapter,
  "id" | "domain" | "finalityDepth" | "finalized" | "block" | "nextHeight" | "received"
>;

/** What the relayer needs of a chain. */
export type RelayChain = AttestedChain &
  Pick<ChainAdapter, "simulate" | "build" | "nonces" | "join" | "submit" | "status">;

/** A chain, and the account that pays for what the relayer does there. */
export interface RelayEnd {
  readonly chain: RelayChain;
  readonly signer: ChainSigner;
}
