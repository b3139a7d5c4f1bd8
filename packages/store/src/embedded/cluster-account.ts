import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { refuse } from "@dragoman/fault";

/** The account that the server runs as: PostgreSQL refuses to run as root. */
export interface ClusterAccount {
  readonly uid: number;
  readonly gid: number;
}

const NAME = "postgres";

/** The account for the server when this process is root, made if there is none; undefined otherwise. Fault: INVALID_DATABASE. */
export function clusterAccount(): ClusterAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (idOf("-u") === undefined) {
    try {
      execFileSync("useradd", ["--system", "--user-group", "--no-create-home", NAME], {
        stdio: "ignore",
      });
    } catch (cause) {
      refuse(
        "INVALID_DATABASE",
        undefined,
        `PostgreSQL does not run as root, and no user "${NAME}" can be made (${String(cause)}); run as another user or set DATABASE_URL`,
      );
    }
  }
  return { uid: Number(idOf("-u")), gid: Number(idOf("-g")) };
}

function idOf(flag: string): string | undefined {
  try {
    return execFileSync("id", [flag, NAME], { stdio: "pipe", encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

const SETPRIV = "/usr/bin/setpriv";

/**
 * How to start `program` as `account`: command, arguments before its own, and ids for `spawn`. Where a folder above one of `paths` is closed to
 * others, as /root is, the account keeps root's right to pass folders (Linux, `setpriv`).
 */
export function commandAs(
  account: ClusterAccount | undefined,
  program: string,
  paths: readonly string[],
): { command: string; prefix: string[]; ids: Partial<ClusterAccount> } {
  if (account === undefined || paths.every((path) => isReachable(path, account))) {
    return { command: program, prefix: [], ids: account ?? {} };
  }
  if (!existsSync(SETPRIV)) {
    const why = `the user "${NAME}" cannot enter ${paths.join(" or ")}; choose another folder or set DATABASE_URL`;
    refuse("INVALID_DATABASE", undefined, why);
  }
  const ids = [`--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups"];
  const rights = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--"];
  return { command: SETPRIV, prefix: [...ids, ...rights, program], ids: {} };
}

/** Whether `account` may pass every folder above `path`. */
function isReachable(path: string, { uid, gid }: ClusterAccount): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const stat = statSync(folder);
    const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
    if ((stat.mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
