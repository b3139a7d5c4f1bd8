import type { Migration } from "@dragoman/store";

/** Name under which the database keeps which of {@link OUTBOX_MIGRATIONS} it has. */
export const OUTBOX_SCOPE = "bridge";

/** Tables of the outbox. Domains are u32, sequences, timeouts and nonces u64; times are milliseconds since 1970-01-01 unless they say otherwise. */
export const OUTBOX_MIGRATIONS: readonly Migration[] = [
  {
    name: "leases, cursors, transfers, transactions",
    sql: `
CREATE TABLE bridge_lease (
  name text PRIMARY KEY,
  holder text NOT NULL,
  token bigint NOT NULL,
  expires_at bigint NOT NULL
);
CREATE TABLE bridge_cursor (
  domain bigint PRIMARY KEY,
  height bigint NOT NULL,
  hash text NOT NULL,
  parent_hash text NOT NULL,
  timestamp_seconds bigint NOT NULL,
  halted text
);
CREATE TABLE bridge_transfer (
  source bigint NOT NULL,
  sequence numeric(20, 0) NOT NULL,
  destination bigint NOT NULL,
  packet bytea NOT NULL,
  timeout_seconds numeric(20, 0) NOT NULL,
  phase text NOT NULL CHECK (phase IN ('import', 'refund', 'received', 'refunded')),
  hold text NOT NULL CHECK (hold IN ('none', 'dead', 'skipped')),
  attempt integer NOT NULL,
  delay_ms bigint NOT NULL,
  next_attempt_at bigint NOT NULL,
  reason text NOT NULL,
  sent_height bigint,
  sent_hash text,
  sent_index integer,
  sent_transaction text,
  lane bigint GENERATED ALWAYS AS
    (CASE phase WHEN 'import' THEN destination WHEN 'refund' THEN source END) STORED,
  PRIMARY KEY (source, sequence)
);
CREATE INDEX bridge_transfer_due ON bridge_transfer (lane, next_attempt_at)
  WHERE hold = 'none' AND lane IS NOT NULL;
CREATE INDEX bridge_transfer_late ON bridge_transfer (destination, timeout_seconds)
  WHERE phase = 'import';
CREATE TABLE bridge_transaction (
  lane bigint NOT NULL,
  id text NOT NULL,
  position bigint GENERATED ALWAYS AS IDENTITY,
  chain text NOT NULL,
  bytes bytea NOT NULL,
  sender text NOT NULL,
  nonce numeric(20, 0),
  valid_until_height bigint,
  valid_until_timestamp bigint,
  source bigint NOT NULL,
  sequence numeric(20, 0) NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('import', 'refund', 'prepare')),
  ended text CHECK (ended IN ('included', 'failed', 'expired')),
  PRIMARY KEY (lane, id)
);
CREATE UNIQUE INDEX bridge_transaction_nonce ON bridge_transaction (lane, sender, nonce)
  WHERE ended IS NULL;
CREATE INDEX bridge_transaction_open ON bridge_transaction (lane, source, sequence)
  WHERE ended IS NULL;
CREATE INDEX bridge_transaction_used ON bridge_transaction (lane, sender, nonce)
  WHERE ended IN ('included', 'failed');
`,
  },
];
