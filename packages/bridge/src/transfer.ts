import type { SignedTransaction } from "@dragoman/chain";

/** Where a packet was sent. */
export interface SentAt {
  readonly height: number;
  readonly hash: string;
  /** Position among the market events of the block. */
  readonly index: number;
  /** The chain's own identifier of the transaction. */
  readonly transaction: string;
}

/** What is being done with a packet, or what was its end. */
export type TransferPhase = "import" | "refund" | "received" | "refunded";

/** Why nobody works on a transfer: too many refusals, or an operator. */
export type TransferHold = "none" | "dead" | "skipped";

/** Names a packet. */
export interface TransferKey {
  /** Domain of the source. */
  readonly source: number;
  readonly sequence: bigint;
}

/** One packet on its way. */
export interface Transfer extends TransferKey {
  readonly destination: number;
  /** 0x hex. */
  readonly packet: string;
  /** Seconds since 1970-01-01 on the destination's clock. */
  readonly timeout: bigint;
  /** Absent while only its end has been seen. */
  readonly sentAt?: SentAt;
  readonly phase: TransferPhase;
  readonly hold: TransferHold;
  /** Times that a market or node refused it in this phase. */
  readonly attempt: number;
  /** Last wait, from which the next is drawn. Milliseconds. */
  readonly delayMs: number;
  /** Milliseconds since 1970-01-01 on the relayer's clock. */
  readonly nextAttemptAt: number;
  /** Why it waits; "" if it does not. */
  readonly reason: string;
}

/** What a transaction of the relayer is for: the packet's way in or back, or what must be done before it. */
export type LanePurpose = "import" | "refund" | "prepare";

/** Signed bytes that were stored before they were sent. */
export interface LaneTransaction extends TransferKey {
  /** Domain of the chain that they are for. */
  readonly lane: number;
  readonly purpose: LanePurpose;
  readonly signed: SignedTransaction;
}

/** How a stored transaction ended, beyond reorganisation. */
export type LaneEnd = "included" | "failed" | "expired";

/** Domain of the chain on which the next step of a transfer happens; undefined if there is none. */
export function laneOf({ phase, source, destination }: Transfer): number | undefined {
  if (phase === "import") return destination;
  return phase === "refund" ? source : undefined;
}

export const transferName = ({ source, sequence }: TransferKey): string => `${source}/${sequence}`;
