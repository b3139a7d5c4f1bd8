import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "@dragoman/fault";
import type { ClusterAccount } from "./cluster-account.ts";
import { commandAs } from "./cluster-account.ts";

export const SUPERUSER = "dragoman";

/** The superuser's password, in the cluster's folder, which is its owner's alone. */
export const passwordPath = (cluster: string): string => join(cluster, "password");

/**
 * Makes a cluster in the folder `cluster`, which must not exist. It is made beside it and renamed, so that a crash leaves no half of one and of two
 * processes that do it at once one wins. Fault: INVALID_DATABASE.
 */
export async function createCluster(
  cluster: string,
  initdb: string,
  account: ClusterAccount | undefined,
): Promise<void> {
  const made = `${cluster}.${process.pid}.${randomBytes(4).toString("hex")}`;
  const password = randomBytes(24).toString("base64url");
  try {
    mkdirSync(made, { mode: 0o700 });
    const passwordFile = `${made}.password`;
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (account !== undefined) {
      chownSync(made, account.uid, account.gid);
      chownSync(passwordFile, account.uid, account.gid);
    }
    await runInitdb(made, passwordFile, initdb, account);
    renameSync(passwordFile, passwordPath(made));
    renameSync(made, cluster);
  } catch (error) {
    if (!existsSync(cluster)) throw error;
  } finally {
    rmSync(made, { recursive: true, force: true });
    rmSync(`${made}.password`, { force: true });
  }
}

async function runInitdb(
  made: string,
  passwordFile: string,
  initdb: string,
  account: ClusterAccount | undefined,
): Promise<void> {
  const { command, prefix, ids } = commandAs(account, initdb, [made, initdb]);
  const options = ["--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", "--no-instructions"];
  const place = [`--pgdata=${made}`, `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`];
  const child = spawn(command, [...prefix, ...place, ...options], {
    ...ids,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, LC_ALL: "C" },
  });
  const said: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => said.push(text));
  const [code] = (await once(child, "close")) as [number | null];
  if (code === 0) return;
  const why = `initdb could not make ${made}: ${said.join("").trim()}; free the folder or set DATABASE_URL`;
  refuse("INVALID_DATABASE", undefined, why);
}
