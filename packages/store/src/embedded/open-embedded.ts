import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { refuse } from "@dragoman/fault";
import pg from "pg";
import { type ClusterAccount, clusterAccount } from "./cluster-account.ts";
import { type ClusterBinaries, clusterBinaries } from "./cluster-binaries.ts";
import { createCluster, passwordPath, SUPERUSER } from "./create-cluster.ts";
import { isServer, postmasterPath, readPostmaster } from "./postmaster-file.ts";
import { lastWords, spawnServer } from "./spawn-server.ts";

/** A server of a data folder, in use by this process. */
export interface EmbeddedServer {
  readonly connection: pg.ClientConfig;
  /** Ends this process's use; the last process that uses the server stops it. */
  close(): Promise<void>;
}

/** Advisory lock in the database `postgres`: shared by every process that uses the server, exclusive for the one that stops it. */
const USE_LOCK = 0x64726167;
const OPEN_MS_MAX = 60_000;
const STOP_MS_MAX = 20_000;
const POLL_MS = 10;
/** Servers that may end before they answer until we give up. */
const FAILED_STARTS_MAX = 3;

/**
 * The server of `dataFolder`: the one that runs on it (of another process, or left by one that was killed), else a new one, on a new cluster if there
 * is none. A server that was killed itself is recovered by PostgreSQL from its log; one that dies while it is in use is started again. Fault:
 * INVALID_DATABASE.
 */
export async function openEmbedded(
  dataFolder: string,
  log: (line: string) => void,
): Promise<EmbeddedServer> {
  const cluster = clusterIn(dataFolder);
  const account = clusterAccount();
  const binaries = await clusterBinaries();
  if (!existsSync(join(cluster, "PG_VERSION"))) {
    await createCluster(cluster, binaries.initdb, account);
    log(`database: made a cluster in ${cluster}`);
  }
  const use = (port?: number): Promise<pg.Client> =>
    useServer(cluster, binaries, account, log, port);
  let keeper = use();
  const first = await keeper;
  let isClosing = false;
  const watch = (client: pg.Client): void => {
    client.once("end", () => {
      if (isClosing) return;
      log(`database: the server in ${cluster} is gone; ${lastWords(cluster)}`);
      // On the same port: connections that are opened from now on find it as before.
      keeper = use(first.port);
      keeper.then(watch, (error) => log(`database: ${error}`));
    });
  };
  watch(first);
  const { host, port, user, password, database } = first;
  return {
    connection: { host, port, user, password: password ?? "", database: database ?? "" },
    close: async () => {
      isClosing = true;
      const last = await keeper.catch(() => undefined);
      if (last !== undefined) await leaveServer(last, cluster);
    },
  };
}

function clusterIn(dataFolder: string): string {
  try {
    mkdirSync(dataFolder, { recursive: true });
    return join(realpathSync(dataFolder), "postgres");
  } catch (cause) {
    const why = `the folder ${dataFolder} cannot be used (${String(cause)}); choose another or set DATABASE_URL`;
    refuse("INVALID_DATABASE", undefined, why);
  }
}

/** Connects to the cluster's server, which is started where there is none, and takes the shared lock. */
async function useServer(
  cluster: string,
  binaries: ClusterBinaries,
  account: ClusterAccount | undefined,
  log: (line: string) => void,
  port: number | undefined,
): Promise<pg.Client> {
  const end = Date.now() + OPEN_MS_MAX;
  let child: ChildProcess | undefined;
  let failedStarts = 0;
  let trouble: unknown;
  while (Date.now() < end) {
    const postmaster = readPostmaster(cluster);
    if (postmaster !== undefined && isServer(postmaster.pid, cluster)) {
      try {
        const keeper = await enter(cluster, postmaster.port);
        const found = child?.pid === postmaster.pid ? "started" : "attached to";
        log(`database: ${found} the server ${postmaster.pid} in ${cluster}`);
        return keeper;
      } catch (error) {
        if (!isPassing(error)) unusable(cluster, String(error));
        trouble = error;
      }
    } else if (child === undefined || child.exitCode !== null || child.signalCode !== null) {
      if (child !== undefined) failedStarts++;
      if (failedStarts === FAILED_STARTS_MAX) unusable(cluster, lastWords(cluster));
      if (postmaster !== undefined) forget(cluster, postmaster.pid);
      child = await spawnServer(cluster, binaries.postgres, account, port);
    }
    await sleep(POLL_MS);
  }
  unusable(cluster, `it does not answer within ${OPEN_MS_MAX} ms: ${String(trouble)}`);
}

function unusable(cluster: string, why: string): never {
  const next = `see ${join(cluster, "server.log")}, choose another folder or set DATABASE_URL`;
  refuse("INVALID_DATABASE", undefined, `the server in ${cluster} cannot be used: ${why}; ${next}`);
}

/** Removes a `postmaster.pid` whose number is now another program's, which PostgreSQL would take for a server. */
function forget(cluster: string, pid: number): void {
  if (readPostmaster(cluster)?.pid === pid) unlinkSync(postmasterPath(cluster));
}

async function enter(cluster: string, port: number): Promise<pg.Client> {
  const password = readFileSync(passwordPath(cluster), "utf8");
  const place = { host: "127.0.0.1", port, database: "postgres" };
  const client = new pg.Client({ ...place, user: SUPERUSER, password });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT pg_advisory_lock_shared($1)", [USE_LOCK]);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** Whether it is the error of a server that starts or stops. */
function isPassing(error: unknown): boolean {
  const { code, message } = error as { code?: string; message: string };
  const codes = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "57P01", "57P02", "57P03"];
  return codes.includes(code ?? "") || /connection terminated/i.test(message);
}

async function leaveServer(keeper: pg.Client, cluster: string): Promise<void> {
  let isLast = false;
  try {
    await keeper.query("SELECT pg_advisory_unlock_shared($1)", [USE_LOCK]);
    const { rows } = await keeper.query("SELECT pg_try_advisory_lock($1) AS taken", [USE_LOCK]);
    isLast = rows[0].taken;
  } catch (error) {
    if (!isPassing(error)) throw error;
  }
  const postmaster = readPostmaster(cluster);
  if (isLast && postmaster !== undefined) await stopServer(postmaster.pid, cluster);
  await keeper.end().catch(() => undefined);
}

/** PostgreSQL's fast shutdown. A server of another user of the machine is left running. */
async function stopServer(pid: number, cluster: string): Promise<void> {
  try {
    process.kill(pid, "SIGINT");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EPERM") return;
  }
  const end = Date.now() + STOP_MS_MAX;
  while (isServer(pid, cluster) && Date.now() < end) await sleep(POLL_MS);
}
