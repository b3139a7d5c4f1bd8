import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../database.ts";
import { type OpenDatabaseOptions, openDatabase } from "../open-database.ts";

/** An empty database for one test. */
export interface TestDatabase {
  readonly database: Database;
  /** With what another process, or a second connection, opens it. */
  readonly options: OpenDatabaseOptions;
  /** Closes it and removes it. */
  remove(): Promise<void>;
}

/**
 * A fresh database: a cluster of its own in a temporary folder, or, where `DATABASE_URL` is set, a database of its own on that server (whose user must be
 * allowed to make one).
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  const url = process.env.DATABASE_URL;
  return url === undefined ? openFolder() : openOn(url);
}

async function openFolder(): Promise<TestDatabase> {
  const dataFolder = mkdtempSync(join(tmpdir(), "dragoman-store-"));
  const options = { dataFolder };
  const database = await openDatabase(options);
  return {
    database,
    options,
    remove: async () => {
      await database.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

async function openOn(url: string): Promise<TestDatabase> {
  const name = `dragoman_test_${randomBytes(8).toString("hex")}`;
  const outer = await openDatabase({ url });
  await outer.query(`CREATE DATABASE ${name}`);
  const inner = new URL(url);
  inner.pathname = `/${name}`;
  const options = { url: inner.href };
  const database = await openDatabase(options);
  return {
    database,
    options,
    remove: async () => {
      await database.close();
      await outer.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await outer.close();
    },
  };
}
