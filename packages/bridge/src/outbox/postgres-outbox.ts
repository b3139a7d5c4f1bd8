import type { Database } from "@dragoman/store";
import type { LaneTransaction, Transfer, TransferKey } from "../transfer.ts";
import { OUTBOX_MIGRATIONS, OUTBOX_SCOPE } from "./migrations.ts";
import {
  type Cursor,
  type Lease,
  LeaseLost,
  type Outbox,
  type OutboxWrite,
  type TransferFilter,
} from "./outbox.ts";
import {
  type CursorRow,
  readCursor,
  readTransaction,
  readTransfer,
  type TransactionRow,
  type TransferRow,
} from "./outbox-rows.ts";
import { writeStatement } from "./write-statement.ts";

const NEW_LEASE = `
INSERT INTO bridge_lease (name, holder, token, expires_at) VALUES ($1, '', 0, 0) ON CONFLICT DO NOTHING`;

/** A lease whose holder is committing at this moment is not free, and not waited for. */
const TAKE_LEASE = `
WITH free AS (
  SELECT name FROM bridge_lease WHERE name = $1 AND (holder = $2 OR expires_at <= $3) FOR UPDATE SKIP LOCKED)
UPDATE bridge_lease AS lease
SET holder = $2, expires_at = $4, token = lease.token + CASE WHEN lease.holder = $2 THEN 0 ELSE 1 END
FROM free WHERE lease.name = free.name RETURNING lease.token`;

/** Holds the lease's row, so that nobody takes it before the commit. */
const FENCE = "SELECT token FROM bridge_lease WHERE name = $1 FOR SHARE";

const DUE = `
SELECT * FROM (
  SELECT *, row_number() OVER (PARTITION BY source ORDER BY next_attempt_at, sequence) AS turn
  FROM bridge_transfer AS transfer
  WHERE lane = $1 AND hold = 'none' AND (next_attempt_at <= $2 OR next_attempt_at > $3)
    AND NOT EXISTS (
      SELECT FROM bridge_transaction AS busy WHERE busy.lane = $1 AND busy.ended IS NULL
        AND busy.source = transfer.source AND busy.sequence = transfer.sequence)) AS due
ORDER BY turn, next_attempt_at, source LIMIT $4`;

const LATE = `
SELECT * FROM bridge_transfer WHERE phase = 'import' AND destination = $1 AND timeout_seconds < $2
ORDER BY timeout_seconds, source, sequence LIMIT $3`;

const OPEN = "SELECT * FROM bridge_transaction WHERE lane = $1 AND ended IS NULL ORDER BY position";

const FLOOR = `
SELECT coalesce(max(nonce) + 1, 0) AS floor FROM bridge_transaction
WHERE lane = $1 AND sender = $2 AND ended IN ('included', 'failed')`;

const TRANSFERS = `
SELECT * FROM bridge_transfer WHERE ($1::text IS NULL OR phase = $1) AND ($2::text IS NULL OR hold = $2)
ORDER BY source, sequence LIMIT $3`;

/** The outbox in PostgreSQL: shared by any number of relayers, on any number of machines. */
export class PostgresOutbox implements Outbox {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
  }

  /** Makes the tables where they are missing. Fault: INVALID_DATABASE. */
  static async open(database: Database): Promise<PostgresOutbox> {
    await database.migrate(OUTBOX_SCOPE, OUTBOX_MIGRATIONS);
    return new PostgresOutbox(database);
  }

  async lease(
    name: string,
    holder: string,
    now: number,
    ttlMs: number,
  ): Promise<Lease | undefined> {
    const values = [name, holder, now, now + ttlMs];
    let rows = await this.#database.query<{ token: bigint }>(TAKE_LEASE, values);
    if (rows.length === 0) {
      await this.#database.query(NEW_LEASE, [name]);
      rows = await this.#database.query<{ token: bigint }>(TAKE_LEASE, values);
    }
    return rows[0] && { name, holder, token: Number(rows[0].token) };
  }

  async release({ name, token }: Lease): Promise<void> {
    const text = "UPDATE bridge_lease SET expires_at = 0 WHERE name = $1 AND token = $2";
    await this.#database.query(text, [name, token]);
  }

  async commit(lease: Lease, writes: readonly OutboxWrite[]): Promise<void> {
    await this.#database.transaction(
      async (tx) => {
        const [row] = await tx.query<{ token: bigint }>(FENCE, [lease.name]);
        if (row === undefined || Number(row.token) !== lease.token) throw new LeaseLost(lease);
        for (const write of writes) {
          const { text, values } = writeStatement(write);
          await tx.query(text, values);
        }
      },
      { isolation: "read committed" },
    );
  }

  async cursor(domain: number): Promise<Cursor | undefined> {
    const text = "SELECT * FROM bridge_cursor WHERE domain = $1";
    const [row] = await this.#database.query<CursorRow>(text, [domain]);
    return row && readCursor(row);
  }

  async transfer({ source, sequence }: TransferKey): Promise<Transfer | undefined> {
    const text = "SELECT * FROM bridge_transfer WHERE source = $1 AND sequence = $2";
    const [row] = await this.#database.query<TransferRow>(text, [source, sequence]);
    return row && readTransfer(row);
  }

  async due(
    lane: number,
    now: number,
    horizonMs: number,
    limit: number,
  ): Promise<readonly Transfer[]> {
    const values = [lane, now, now + horizonMs, limit];
    return (await this.#database.query<TransferRow>(DUE, values)).map(readTransfer);
  }

  async late(destination: number, timestamp: number, limit: number): Promise<readonly Transfer[]> {
    const values = [destination, timestamp, limit];
    return (await this.#database.query<TransferRow>(LATE, values)).map(readTransfer);
  }

  async open(lane: number): Promise<readonly LaneTransaction[]> {
    return (await this.#database.query<TransactionRow>(OPEN, [lane])).map(readTransaction);
  }

  async nonceFloor(lane: number, sender: string): Promise<bigint> {
    const [row] = await this.#database.query<{ floor: bigint }>(FLOOR, [lane, sender]);
    return row?.floor ?? 0n;
  }

  async transfers({ phase, hold }: TransferFilter, limit: number): Promise<readonly Transfer[]> {
    const values = [phase ?? null, hold ?? null, limit];
    return (await this.#database.query<TransferRow>(TRANSFERS, values)).map(readTransfer);
  }
}
