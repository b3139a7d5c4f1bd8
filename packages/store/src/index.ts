/** PostgreSQL: the embedded server or any other; connections, transactions, migrations, notifications. */
export type { Database } from "./database.ts";
export type { NotificationSink } from "./listener.ts";
export type { Migration } from "./migrate.ts";
export { type OpenDatabaseOptions, openDatabase } from "./open-database.ts";
export type { Queryable, SqlValue } from "./queryable.ts";
export { openTestDatabase, type TestDatabase } from "./testing/test-database.ts";
export type { TransactionOptions } from "./transaction.ts";
