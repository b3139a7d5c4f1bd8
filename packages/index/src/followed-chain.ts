import type { ChainAdapter } from "@dragoman/chain";

/** What the index needs of a chain. */
export type FollowedChain = Pick<
  ChainAdapter,
  | "id"
  | "family"
  | "domain"
  | "finalityDepth"
  | "head"
  | "finalized"
  | "block"
  | "nextHeight"
  | "market"
>;
