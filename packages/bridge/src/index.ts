/** Transfers between markets: packets, attestation, the relayer's state machine and outbox. */
export {
  type AttestationRequest,
  Attester,
  type AttesterClient,
} from "./attestation/attester.ts";
export {
  type AttesterKey,
  attesterKey,
  isAttested,
  recoverAttester,
} from "./attestation/attester-key.ts";
export {
  type Collected,
  collectAttestations,
  type Quorum,
  type RecoverSigner,
} from "./attestation/collect-attestations.ts";
export { type FinalBlocks, isFinalBlock, readFinalBlocks } from "./final-blocks.ts";
export { type DiskRecord, MemoryDisk } from "./outbox/memory-disk.ts";
export { MemoryOutbox } from "./outbox/memory-outbox.ts";
export {
  type Cursor,
  type Lease,
  LeaseLost,
  type Outbox,
  type OutboxWrite,
  type TransferFilter,
} from "./outbox/outbox.ts";
export { PostgresOutbox } from "./outbox/postgres-outbox.ts";
export { resumeChain, retryTransfer, skipTransfer } from "./relay/operator-verbs.ts";
export { Relayer } from "./relay/relayer.ts";
export type { RelayerNote, RelayerWorld } from "./relay/relayer-world.ts";
export { DEFAULT_TUNING, type Tuning } from "./relay/tuning.ts";
export type { AttestedChain, RelayChain, RelayEnd } from "./relay-chain.ts";
export {
  type LaneEnd,
  type LanePurpose,
  type LaneTransaction,
  laneOf,
  type SentAt,
  type Transfer,
  type TransferHold,
  type TransferKey,
  type TransferPhase,
  transferName,
} from "./transfer.ts";
