import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What `postmaster.pid` says of the server that holds a cluster. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

export const postmasterPath = (cluster: string): string => join(cluster, "postmaster.pid");

/** Reads `postmaster.pid`; undefined if there is none or it is not complete yet (line 4 is the port). */
export function readPostmaster(cluster: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(postmasterPath(cluster), "utf8").split("\n");
  } catch {
    return undefined;
  }
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return Number.isInteger(pid) && pid > 0 && port > 0 ? { pid, port } : undefined;
}

/** Whether the process is there and, where /proc says so, is a server of this cluster and not a later process of the same number. */
export function isServer(pid: number, cluster: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  if (!existsSync("/proc/self/cmdline")) return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(cluster);
  } catch {
    return false;
  }
}
