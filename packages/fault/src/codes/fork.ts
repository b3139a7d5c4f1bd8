import type { FaultRow } from "./row.ts";

/** Faults of `fork-evm` and of ledgers that go on from another chain's block. */
export const FORK_FAULTS = [
  [14001, "INVALID_FORK_URL", "the URL of the forked chain's node cannot be used"],
  [14002, "INVALID_FORK_CONNECTION", "the forked chain's node does not answer"],
  [14003, "INVALID_FORK_ANSWER", "the forked chain's node refuses, or answers in another form"],
  [14004, "INVALID_FORK_BLOCK", "there is no such block to fork"],
  [14005, "INVALID_FORK_CACHE", "the folder or file of what was read cannot be used"],
  [14006, "UNSUPPORTED_STATE_PROOF", "a forked chain does not have the trie of its whole state"],
] as const satisfies readonly FaultRow[];
