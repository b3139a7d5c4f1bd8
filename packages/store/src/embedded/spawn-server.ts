import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { ClusterAccount } from "./cluster-account.ts";
import { commandAs } from "./cluster-account.ts";

/**
 * Durable by default (fsync, synchronous_commit); the server listens on loopback alone. It says little, and says it in `server.log`, not to this
 * process: it has to outlive it.
 */
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "max_connections=100",
  "shared_buffers=64MB",
  "jit=off",
  "log_checkpoints=off",
];

export const logPath = (cluster: string): string => join(cluster, "server.log");

/** Last lines that the server wrote, for a message. */
export function lastWords(cluster: string): string {
  try {
    return readFileSync(logPath(cluster), "utf8").trim().split("\n").slice(-4).join(" / ");
  } catch {
    return "it wrote nothing";
  }
}

/** Starts a server on the cluster, on a free port unless one is given, in a process group of its own: a terminal's Ctrl-C ends only us. */
export async function spawnServer(
  cluster: string,
  postgres: string,
  account: ClusterAccount | undefined,
  givenPort?: number,
): Promise<ChildProcess> {
  const { command, prefix, ids } = commandAs(account, postgres, [cluster, postgres]);
  const port = givenPort ?? (await freePort());
  const settings = SETTINGS.flatMap((setting) => ["-c", setting]);
  const log = openSync(logPath(cluster), "a", 0o600);
  const child = spawn(command, [...prefix, "-D", cluster, "-p", `${port}`, ...settings], {
    ...ids,
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, LC_ALL: "C" },
  });
  closeSync(log);
  child.unref();
  await once(child, "spawn");
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
