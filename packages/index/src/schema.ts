import type { Migration } from "@dragoman/store";

/**
 * Tables of the index. Everything hangs on its block or its chain, so that removing those removes it; `undo` holds what accounts and market numbers
 * were before a block that can still be undone. Heights are integers, amounts and moments bigint; what the market bounds by 2^64 is numeric.
 */
const FIRST = `
CREATE TABLE chain (
  id text PRIMARY KEY, family text NOT NULL, domain integer NOT NULL UNIQUE, finality_depth integer NOT NULL,
  tip_height integer, tip_hash text, final_height integer
);
CREATE TABLE market (
  chain text PRIMARY KEY REFERENCES chain ON DELETE CASCADE, volatility bigint NOT NULL, price bigint NOT NULL, confidence bigint NOT NULL,
  price_time bigint NOT NULL, pool bigint NOT NULL, open_long bigint NOT NULL, open_short bigint NOT NULL, next_sequence numeric(20) NOT NULL
);
CREATE TABLE block (
  chain text NOT NULL REFERENCES chain ON DELETE CASCADE, height integer NOT NULL, hash text NOT NULL, parent_hash text NOT NULL,
  timestamp bigint NOT NULL, has_events boolean NOT NULL, PRIMARY KEY (chain, height)
);
CREATE INDEX block_empty ON block (chain, height) WHERE NOT has_events;
CREATE TABLE event (
  chain text NOT NULL, height integer NOT NULL, place integer NOT NULL, timestamp bigint NOT NULL, transaction text NOT NULL, type text NOT NULL,
  owner text, data jsonb NOT NULL,
  PRIMARY KEY (chain, height, place), FOREIGN KEY (chain, height) REFERENCES block ON DELETE CASCADE
);
CREATE INDEX event_newest ON event (type, timestamp DESC, chain DESC, height DESC, place DESC);
CREATE INDEX event_owner ON event (owner, timestamp DESC);
CREATE TABLE account (
  chain text NOT NULL REFERENCES chain ON DELETE CASCADE, owner text NOT NULL, collateral bigint NOT NULL, PRIMARY KEY (chain, owner)
);
CREATE INDEX account_owner ON account (owner);
CREATE TABLE position (
  chain text NOT NULL, owner text NOT NULL, place smallint NOT NULL, is_long boolean NOT NULL, size bigint NOT NULL, entry bigint,
  expiry bigint, strike bigint, is_call boolean,
  PRIMARY KEY (chain, owner, place), FOREIGN KEY (chain, owner) REFERENCES account ON DELETE CASCADE
);
CREATE TABLE undo (
  chain text NOT NULL, height integer NOT NULL, owner text NOT NULL, before jsonb,
  PRIMARY KEY (chain, height, owner), FOREIGN KEY (chain, height) REFERENCES block ON DELETE CASCADE
);
CREATE TABLE transfer (
  id text PRIMARY KEY, packet bytea NOT NULL, source bigint NOT NULL, destination bigint NOT NULL, sequence numeric(20) NOT NULL,
  sender text NOT NULL, recipient text NOT NULL, status text NOT NULL, opened_at bigint NOT NULL
);
CREATE INDEX transfer_newest ON transfer (opened_at DESC, id DESC);
CREATE INDEX transfer_sequence ON transfer (source, sequence);
CREATE INDEX transfer_sender ON transfer (sender, opened_at DESC);
CREATE INDEX transfer_recipient ON transfer (recipient, opened_at DESC);
CREATE TABLE transfer_step (
  chain text NOT NULL, height integer NOT NULL, place integer NOT NULL, transfer text NOT NULL REFERENCES transfer, kind text NOT NULL,
  PRIMARY KEY (chain, height, place), FOREIGN KEY (chain, height, place) REFERENCES event ON DELETE CASCADE
);
CREATE INDEX transfer_step_transfer ON transfer_step (transfer);
`;

export const MIGRATIONS: readonly Migration[] = [{ name: "first", sql: FIRST }];
