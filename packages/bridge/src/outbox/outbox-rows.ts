import { decodeHex, encodeHex } from "@dragoman/bytes";
import type { ValidUntil } from "@dragoman/chain";
import type { SqlValue } from "@dragoman/store";
import type {
  LanePurpose,
  LaneTransaction,
  SentAt,
  Transfer,
  TransferHold,
  TransferPhase,
} from "../transfer.ts";
import type { Cursor } from "./outbox.ts";

export interface CursorRow {
  readonly domain: bigint;
  readonly height: bigint;
  readonly hash: string;
  readonly parent_hash: string;
  readonly timestamp_seconds: bigint;
  readonly halted: string | null;
}

export interface TransferRow {
  readonly source: bigint;
  readonly sequence: bigint;
  readonly destination: bigint;
  readonly packet: Uint8Array;
  readonly timeout_seconds: bigint;
  readonly phase: TransferPhase;
  readonly hold: TransferHold;
  readonly attempt: number;
  readonly delay_ms: bigint;
  readonly next_attempt_at: bigint;
  readonly reason: string;
  readonly sent_height: bigint | null;
  readonly sent_hash: string | null;
  readonly sent_index: number | null;
  readonly sent_transaction: string | null;
}

export interface TransactionRow {
  readonly lane: bigint;
  readonly id: string;
  readonly chain: string;
  readonly bytes: Uint8Array;
  readonly sender: string;
  readonly nonce: bigint | null;
  readonly valid_until_height: bigint | null;
  readonly valid_until_timestamp: bigint | null;
  readonly source: bigint;
  readonly sequence: bigint;
  readonly purpose: LanePurpose;
}

export const readCursor = (row: CursorRow): Cursor => ({
  domain: Number(row.domain),
  block: {
    height: Number(row.height),
    hash: row.hash,
    parentHash: row.parent_hash,
    timestamp: Number(row.timestamp_seconds),
  },
  ...(row.halted === null ? {} : { halted: row.halted }),
});

export function readTransfer(row: TransferRow): Transfer {
  const sentAt = readSentAt(row);
  return {
    source: Number(row.source),
    sequence: row.sequence,
    destination: Number(row.destination),
    packet: encodeHex(row.packet),
    timeout: row.timeout_seconds,
    ...(sentAt === undefined ? {} : { sentAt }),
    phase: row.phase,
    hold: row.hold,
    attempt: row.attempt,
    delayMs: Number(row.delay_ms),
    nextAttemptAt: Number(row.next_attempt_at),
    reason: row.reason,
  };
}

function readSentAt(row: TransferRow): SentAt | undefined {
  const { sent_height, sent_hash, sent_index, sent_transaction } = row;
  if (sent_height === null || sent_hash === null) return undefined;
  if (sent_index === null || sent_transaction === null) return undefined;
  const height = Number(sent_height);
  return { height, hash: sent_hash, index: sent_index, transaction: sent_transaction };
}

/** Values of the columns source, sequence, destination, packet, timeout_seconds, phase, hold, attempt, delay_ms, next_attempt_at, reason, sent_*. */
export const transferValues = (transfer: Transfer): SqlValue[] => [
  transfer.source,
  transfer.sequence,
  transfer.destination,
  decodeHex(transfer.packet),
  transfer.timeout,
  transfer.phase,
  transfer.hold,
  transfer.attempt,
  transfer.delayMs,
  transfer.nextAttemptAt,
  transfer.reason,
  transfer.sentAt?.height ?? null,
  transfer.sentAt?.hash ?? null,
  transfer.sentAt?.index ?? null,
  transfer.sentAt?.transaction ?? null,
];

export function readTransaction(row: TransactionRow): LaneTransaction {
  const validUntil = readValidUntil(row);
  return {
    lane: Number(row.lane),
    source: Number(row.source),
    sequence: row.sequence,
    purpose: row.purpose,
    signed: {
      chain: row.chain,
      id: row.id,
      bytes: new Uint8Array(row.bytes),
      sender: row.sender,
      ...(row.nonce === null ? {} : { nonce: row.nonce }),
      ...(validUntil === undefined ? {} : { validUntil }),
    },
  };
}

function readValidUntil(row: TransactionRow): ValidUntil | undefined {
  const { valid_until_height: height, valid_until_timestamp: timestamp } = row;
  if (height !== null) return { height: Number(height) };
  return timestamp === null ? undefined : { timestamp: Number(timestamp) };
}

/** Values of the columns lane, id, chain, bytes, sender, nonce, valid_until_height, valid_until_timestamp, source, sequence, purpose. */
export function transactionValues(transaction: LaneTransaction): SqlValue[] {
  const { lane, signed, source, sequence, purpose } = transaction;
  const { id, chain, bytes, sender, nonce, validUntil } = signed;
  const height = validUntil && "height" in validUntil ? validUntil.height : null;
  const timestamp = validUntil && "timestamp" in validUntil ? validUntil.timestamp : null;
  const until = [height, timestamp];
  return [lane, id, chain, bytes, sender, nonce ?? null, ...until, source, sequence, purpose];
}
