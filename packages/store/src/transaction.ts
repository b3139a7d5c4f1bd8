import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { codeOf, isLost } from "./connection-fault.ts";
import type { Queryable } from "./queryable.ts";

export interface TransactionOptions {
  /** Default: `repeatable read`. */
  readonly isolation?: "read committed" | "repeatable read" | "serializable";
}

/** SQLSTATE: serialization failure, deadlock detected. */
const RETRIED = ["40001", "40P01"];
const ATTEMPTS_MAX = 12;

/**
 * Runs `work` in a transaction; runs it again from the beginning after a serialization failure or deadlock, so it must have no effect but on the
 * database. Rolled back if it throws.
 */
export async function runTransaction<T>(
  pool: pg.Pool,
  work: (tx: Queryable) => Promise<T>,
  { isolation = "repeatable read" }: TransactionOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect();
    let isBroken = false;
    try {
      await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
      const tx: Queryable = {
        query: async (text, values = []) => (await client.query(text, [...values])).rows,
      };
      const result = await work(tx);
      await client.query("COMMIT");
      return result;
    } catch (error) {
      isBroken = isLost(error);
      if (!isBroken) await client.query("ROLLBACK").catch(() => (isBroken = true));
      if (!RETRIED.includes(codeOf(error) ?? "") || attempt === ATTEMPTS_MAX) throw error;
    } finally {
      client.release(isBroken);
    }
    await sleep(2 ** attempt);
  }
}
