/** Guards that the simulator can take away, one at a time, to show that it notices. */
export const MUTATIONS = [
  /** The relayer sends bytes before it has stored them. */
  "broadcast-before-write",
  /** The database acknowledges what it has not synced. */
  "write-without-sync",
  /** Relayer and attesters believe blocks that are not final. */
  "final-only",
  /** The market does not remember what it received. */
  "receipt",
  /** The outbox does not keep which nonce a transaction uses. */
  "nonce-persistence",
  /** The outbox does not keep how long to wait. */
  "backoff-persistence",
  /** What a block says and how far the chain was followed are stored one after the other. */
  "atomic-commit",
  /** Anybody holds every lease. */
  "lease",
  /** Attesters give refunds unseen, and the relayer asks too early. */
  "refund-check",
  /** Signatures of attesters that err are counted. */
  "quorum",
] as const;

export type Mutation = (typeof MUTATIONS)[number];
