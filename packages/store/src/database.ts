import pg from "pg";
import { asFault } from "./connection-fault.ts";
import { Listener, type NotificationSink } from "./listener.ts";
import { applyMigrations, type Migration } from "./migrate.ts";
import type { Queryable, SqlValue } from "./queryable.ts";
import { runTransaction, type TransactionOptions } from "./transaction.ts";

const CONNECTIONS_MAX = 10;

/** A PostgreSQL database with a pool of connections. */
export class Database implements Queryable {
  /** Where it is, for messages; without password. */
  readonly description: string;
  readonly #pool: pg.Pool;
  readonly #listener: Listener;
  readonly #release: () => Promise<void>;
  #closed: Promise<void> | undefined;

  /** `release` is called when all connections are closed. */
  constructor(connection: pg.ClientConfig, description: string, release: () => Promise<void>) {
    this.description = description;
    this.#pool = new pg.Pool({ ...connection, max: CONNECTIONS_MAX });
    // An idle connection that breaks is replaced by the pool; whoever runs a statement hears of it there.
    this.#pool.on("error", () => undefined);
    this.#listener = new Listener(connection);
    this.#release = release;
  }

  async query<Row extends object = Record<string, unknown>>(
    text: string,
    values: readonly SqlValue[] = [],
  ): Promise<Row[]> {
    return this.#guarded(async () => (await this.#pool.query(text, [...values])).rows);
  }

  /**
   * Runs `work` in one transaction, again from its beginning after a serialization failure: it must have no other effects. What `work` throws rolls
   * back.
   */
  transaction<T>(
    work: (tx: Queryable) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    return this.#guarded(() => runTransaction(this.#pool, work, options));
  }

  /** Applies the migrations of `scope` that are missing. Fault: INVALID_DATABASE. */
  migrate(scope: string, migrations: readonly Migration[]): Promise<void> {
    return this.transaction((tx) => applyMigrations(tx, scope, migrations), {
      isolation: "read committed",
    });
  }

  /** Listens to a channel of NOTIFY until the returned function is called. */
  listen(channel: string, sink: NotificationSink): Promise<() => Promise<void>> {
    return this.#guarded(() => this.#listener.listen(channel, sink));
  }

  /** Waits for running statements, then closes; the embedded server stops with its last user. A second call waits for the first. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#listener.close();
    await this.#pool.end();
    await this.#release();
  }

  async #guarded<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw asFault(error, this.description);
    }
  }
}
