import type { Quorum } from "../attestation/collect-attestations.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { RelayEnd } from "../relay-chain.ts";

/** Something that an operator may want to read. */
export interface RelayerNote {
  readonly what:
    | "sent"
    | "signed"
    | "broadcast"
    | "received"
    | "refunded"
    | "expired"
    | "waiting"
    | "dead"
    | "late"
    | "halted"
    | "failed";
  /** The chain's identifier, or the name of the work that failed. */
  readonly where: string;
  /** `source/sequence`. */
  readonly transfer?: string;
  readonly detail?: string;
}

/** Everything that the relayer touches outside itself. */
export interface RelayerWorld {
  /** Milliseconds since 1970-01-01. */
  now(): number;
  /** Uniform in [0, 1). */
  random(): number;
  sleep(ms: number): Promise<void>;
  note(note: RelayerNote): void;
  readonly ends: readonly RelayEnd[];
  readonly outbox: Outbox;
  readonly quorum: Quorum;
}
