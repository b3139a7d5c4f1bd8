import { createHash } from "node:crypto";
import { refuse } from "@dragoman/fault";
import type { Queryable } from "./queryable.ts";

/** One step of a schema. Its SQL never changes once it has been released. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** Advisory lock: one process migrates at a time. */
const MIGRATION_LOCK = 0x6d696772;

const TABLE = `CREATE TABLE IF NOT EXISTS dragoman_migrations (
  scope text NOT NULL, position integer NOT NULL, name text NOT NULL, checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (scope, position))`;

/**
 * Brings the tables of `scope` up to `migrations`, in order, all in the caller's transaction. Fault: INVALID_DATABASE if what was applied is not the
 * beginning of the list.
 */
export async function applyMigrations(
  tx: Queryable,
  scope: string,
  migrations: readonly Migration[],
): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
  await tx.query(TABLE);
  const applied = await tx.query<{ name: string; checksum: string }>(
    "SELECT name, checksum FROM dragoman_migrations WHERE scope = $1 ORDER BY position",
    [scope],
  );
  applied.forEach(({ name, checksum }, i) => {
    const expected = migrations[i];
    if (expected?.name === name && checksumOf(expected) === checksum) return;
    const found =
      expected === undefined ? "a newer Dragoman made it" : `it is not "${expected.name}"`;
    refuse(
      "INVALID_DATABASE",
      undefined,
      `the tables of ${scope} have migration ${i + 1} "${name}", but ${found}; use the version that made them, or another database`,
    );
  });
  for (const [i, migration] of migrations.entries()) {
    if (i < applied.length) continue;
    await tx.query(migration.sql);
    await tx.query(
      "INSERT INTO dragoman_migrations (scope, position, name, checksum) VALUES ($1, $2, $3, $4)",
      [scope, i, migration.name, checksumOf(migration)],
    );
  }
}

const checksumOf = ({ sql }: Migration): string => createHash("sha256").update(sql).digest("hex");
