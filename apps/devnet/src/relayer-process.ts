import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { encodeHex } from "@dragoman/bytes";
import { ATTESTERS_NEEDED, attesterSecrets, devnetSecret } from "./secrets.ts";
import type { Devnet } from "./start-devnet.ts";

export interface RelayerProcessOptions {
  readonly devnet: Devnet;
  /** Folder of the stack; the relayer's settings are written there. */
  readonly folder: string;
  readonly databaseUrl?: string;
  readonly log: (line: string) => void;
}

export interface RelayerProcess {
  /** Process that runs now; undefined between two. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

/** Pause before a relayer that died is started again, ms. */
const RESTART_MS = 500;
const STOP_MS_MAX = 5_000;
/** Quicker than for chains of the world: nodes are near, and a relayer that dies is missed at once. */
const TUNING = { pollMs: 150, leaseMs: 3000, backoffBaseMs: 500, backoffMaxMs: 10_000 };

/**
 * Runs the relayer as a child process of its own, and starts it again when it dies. It is not waited for: what is sent before it is ready waits on
 * chain, and it logs `relayer: ready`.
 */
export function startRelayer(options: RelayerProcessOptions): RelayerProcess {
  const file = join(options.folder, "relayer.json");
  writeFileSync(file, JSON.stringify(settings(options), null, 2));
  const main = join(
    dirname(createRequire(import.meta.url).resolve("@dragoman/relayer")),
    "../bin/relayer.js",
  );
  let child: ChildProcess | undefined;
  let isStopped = false;
  const run = (): void => {
    const started = spawn(process.execPath, [main, "--config", file], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    started.once("exit", (code, signal) => {
      child = undefined;
      if (isStopped) return;
      options.log(`relayer: ended by ${signal ?? `status ${code}`}, starts again`);
      setTimeout(() => {
        if (!isStopped) run();
      }, RESTART_MS);
    });
    for (const input of [started.stdout!, started.stderr!]) {
      createInterface({ input }).on("line", (line) => options.log(`relayer: ${line}`));
    }
  };
  run();
  return {
    pid: () => child?.pid,
    async stop() {
      isStopped = true;
      if (child === undefined) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const timer = setTimeout(() => child?.kill("SIGKILL"), STOP_MS_MAX);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** What the relayer's process reads: packages and chains by their families. */
function settings({ devnet, folder, databaseUrl }: RelayerProcessOptions): unknown {
  return {
    database:
      databaseUrl === undefined ? { dataFolder: join(folder, "database") } : { url: databaseUrl },
    chains: devnet.chains.map(({ node, adapter, deployment }) => ({
      family: node.family,
      rpcUrl: node.rpcUrl,
      domain: node.domain,
      finalityDepth: adapter.finalityDepth,
      deployment,
      secret: encodeHex(devnetSecret("relayer")),
    })),
    attesterSecrets: attesterSecrets().map((secret) => encodeHex(secret)),
    threshold: ATTESTERS_NEEDED,
    tuning: TUNING,
  };
}
