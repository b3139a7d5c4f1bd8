import type { BlockRef } from "@dragoman/chain";
import type {
  LaneEnd,
  LaneTransaction,
  Transfer,
  TransferHold,
  TransferKey,
  TransferPhase,
} from "../transfer.ts";

/** How far the events of a chain have been taken over. */
export interface Cursor {
  readonly domain: number;
  /** Last final block whose events are in the outbox. */
  readonly block: BlockRef;
  /** Why the chain is not followed any more: it changed what was final. Ended by an operator. */
  readonly halted?: string;
}

/** The right to work on something alone, until it expires. A later holder has a higher token. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Fencing token: writes under a lower one than the newest are refused. */
  readonly token: number;
}

/** Another process holds the lease now. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";

  constructor({ name, token }: Lease) {
    super(`lease ${name} with token ${token} was lost`);
  }
}

/** One durable change. */
export type OutboxWrite =
  | { readonly kind: "cursor"; readonly cursor: Cursor }
  /** A packet was sent: kept unless it is known; what is known only by its end learns its place. */
  | { readonly kind: "sent"; readonly transfer: Transfer }
  /** A packet has ended; kept even if its sending has not been seen. An end is never changed. */
  | { readonly kind: "ended"; readonly transfer: Transfer }
  /** A transfer waits, moves on or is held; nothing happens if it is no longer in the phase and under the hold of `from`. */
  | {
      readonly kind: "schedule";
      readonly key: TransferKey;
      readonly from: { readonly phase: TransferPhase; readonly hold: TransferHold };
      readonly phase: TransferPhase;
      readonly hold: TransferHold;
      readonly attempt: number;
      readonly delayMs: number;
      readonly nextAttemptAt: number;
      readonly reason: string;
    }
  /** Reserves a nonce and keeps the bytes that use it. */
  | { readonly kind: "sign"; readonly transaction: LaneTransaction }
  | { readonly kind: "close"; readonly lane: number; readonly id: string; readonly end: LaneEnd };

/** Which transfers to show an operator. */
export interface TransferFilter {
  readonly phase?: TransferPhase;
  readonly hold?: TransferHold;
}

/**
 * Everything that the relayer must not forget. Every read sees every commit that was acknowledged before it, of any process.
 */
export interface Outbox {
  /** Takes a lease, or renews it, for `ttlMs`; undefined while another holds it. Times in milliseconds since 1970-01-01. */
  lease(name: string, holder: string, now: number, ttlMs: number): Promise<Lease | undefined>;
  /** Gives a lease back early. */
  release(lease: Lease): Promise<void>;
  /**
   * Makes all writes durable, or none. Rejects with {@link LeaseLost} if the lease has a newer holder, and if an open transaction of the same
   * lane and sender has the nonce of one to be signed.
   */
  commit(lease: Lease, writes: readonly OutboxWrite[]): Promise<void>;
  cursor(domain: number): Promise<Cursor | undefined>;
  transfer(key: TransferKey): Promise<Transfer | undefined>;
  /**
   * Transfers whose next step is on `lane`, that are due and without an open transaction there; in turns of the sources, in a source by the time
   * at which they became due, however old they are. One that is due later than `now + horizonMs` was scheduled by a clock that ran ahead: it is due.
   */
  due(lane: number, now: number, horizonMs: number, limit: number): Promise<readonly Transfer[]>;
  /** Transfers to `destination` that wait for their import, held or not, and whose timeout is before `timestamp`. */
  late(destination: number, timestamp: number, limit: number): Promise<readonly Transfer[]>;
  /** Transactions of a lane that have not ended, in the order of signing. */
  open(lane: number): Promise<readonly LaneTransaction[]>;
  /** One more than the highest nonce of the sender's that was used beyond reorganisation; 0 if none. */
  nonceFloor(lane: number, sender: string): Promise<bigint>;
  /** For operators, by source and sequence. */
  transfers(filter: TransferFilter, limit: number): Promise<readonly Transfer[]>;
}
