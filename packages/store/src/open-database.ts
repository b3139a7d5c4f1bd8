import { FaultError, refuse } from "@dragoman/fault";
import pg from "pg";
import { Database } from "./database.ts";
import { openEmbedded } from "./embedded/open-embedded.ts";
import { ROW_PARSERS } from "./row-parsers.ts";

export type OpenDatabaseOptions =
  /** Folder in which the embedded server keeps its data; made if it does not exist. */
  | { readonly dataFolder: string }
  /** Any PostgreSQL from 15 on: `postgres://user:password@host:port/database`. */
  | { readonly url: string };

const VERSION_MIN = 150_000;
const CONNECT_MS_MAX = 10_000;

/** Opens a database. `log` takes a line for what happens to the embedded server. Fault: INVALID_DATABASE, with the next step. */
export async function openDatabase(
  options: OpenDatabaseOptions,
  log: (line: string) => void = () => undefined,
): Promise<Database> {
  if ("dataFolder" in options) {
    const { connection, close } = await openEmbedded(options.dataFolder, log);
    const description = `the database in ${options.dataFolder}`;
    return new Database({ ...connection, types: ROW_PARSERS }, description, close);
  }
  return openUrl(options.url);
}

async function openUrl(url: string): Promise<Database> {
  const connection: pg.ClientConfig = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    application_name: "dragoman",
    types: ROW_PARSERS,
  };
  const description = describe(url);
  await checkVersion(connection, description);
  return new Database(connection, description, async () => undefined);
}

/** The URL without password. */
function describe(url: string): string {
  const parsed = /^postgres(ql)?:\/\//.test(url) && URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined) {
    const why = `${JSON.stringify(url.slice(0, 12))}… is no URL of PostgreSQL; DATABASE_URL is like postgres://user:password@host:5432/database`;
    refuse("INVALID_DATABASE", undefined, why);
  }
  return `${parsed.protocol}//${parsed.username}@${parsed.host}${parsed.pathname}`;
}

async function checkVersion(connection: pg.ClientConfig, description: string): Promise<void> {
  const client = new pg.Client(connection);
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query("SHOW server_version_num");
    if (Number(rows[0].server_version_num) >= VERSION_MIN) return;
    const why = `${description} is PostgreSQL ${rows[0].server_version_num}; 15 or newer is needed`;
    refuse("INVALID_DATABASE", undefined, why);
  } catch (error) {
    if (error instanceof FaultError) throw error;
    const reason = error instanceof AggregateError ? error.errors.join(", ") : String(error);
    const next = "see that the server runs and DATABASE_URL is right, or unset it";
    refuse("INVALID_DATABASE", undefined, `${description} cannot be used: ${reason}; ${next}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}
