import type { SqlValue } from "@dragoman/store";
import type { OutboxWrite } from "./outbox.ts";
import { transactionValues, transferValues } from "./outbox-rows.ts";

interface Statement {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

const CURSOR = `
INSERT INTO bridge_cursor (domain, height, hash, parent_hash, timestamp_seconds, halted)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (domain) DO UPDATE SET height = excluded.height, hash = excluded.hash,
  parent_hash = excluded.parent_hash, timestamp_seconds = excluded.timestamp_seconds, halted = excluded.halted`;

const INSERT_TRANSFER = `
INSERT INTO bridge_transfer AS known (source, sequence, destination, packet, timeout_seconds, phase, hold, attempt, delay_ms,
  next_attempt_at, reason, sent_height, sent_hash, sent_index, sent_transaction)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
ON CONFLICT (source, sequence) DO UPDATE SET`;

const SENT = `${INSERT_TRANSFER} sent_height = excluded.sent_height, sent_hash = excluded.sent_hash,
  sent_index = excluded.sent_index, sent_transaction = excluded.sent_transaction WHERE known.sent_height IS NULL`;

const ENDED = `${INSERT_TRANSFER} phase = excluded.phase, hold = 'none', reason = ''
  WHERE known.phase IN ('import', 'refund')`;

const SCHEDULE = `
UPDATE bridge_transfer SET phase = $5, hold = $6, attempt = $7, delay_ms = $8, next_attempt_at = $9, reason = $10
WHERE source = $1 AND sequence = $2 AND phase = $3 AND hold = $4`;

const SIGN = `
INSERT INTO bridge_transaction (lane, id, chain, bytes, sender, nonce, valid_until_height, valid_until_timestamp,
  source, sequence, purpose)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

const CLOSE =
  "UPDATE bridge_transaction SET ended = $3 WHERE lane = $1 AND id = $2 AND ended IS NULL";

/** A write as SQL. */
export function writeStatement(write: OutboxWrite): Statement {
  switch (write.kind) {
    case "cursor": {
      const { domain, block, halted } = write.cursor;
      const { height, hash, parentHash, timestamp } = block;
      const values = [domain, height, hash, parentHash, timestamp, halted ?? null];
      return { text: CURSOR, values };
    }
    case "sent":
      return { text: SENT, values: transferValues(write.transfer) };
    case "ended":
      return { text: ENDED, values: transferValues(write.transfer) };
    case "schedule": {
      const { key, from, phase, hold, attempt, delayMs, nextAttemptAt, reason } = write;
      const where = [key.source, key.sequence, from.phase, from.hold];
      const change = [phase, hold, attempt, delayMs, nextAttemptAt, reason];
      return { text: SCHEDULE, values: [...where, ...change] };
    }
    case "sign":
      return { text: SIGN, values: transactionValues(write.transaction) };
    case "close":
      return { text: CLOSE, values: [write.lane, write.id, write.end] };
  }
}
