import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { buildCommand, COMMAND_FILE } from "../testing/child.ts";

const START_MS_MAX = 120_000;

interface Running {
  readonly child: ChildProcess;
  /** Addresses by name. */
  readonly endpoints: ReadonlyMap<string, string>;
  /** Lines of standard output behind `ready`. */
  readonly events: readonly string[];
}

let folder: string;
const children: ChildProcess[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "dragoman-up-"));
  return buildCommand();
}, 300_000);
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGTERM");
    await once(child, "exit");
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function launch(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [COMMAND_FILE, "up", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  children.push(child);
  const text = { err: "" };
  child.stderr.on("data", (chunk) => {
    text.err += String(chunk);
  });
  return { child, text };
}

/** Starts everything on any ports and waits for `ready`. */
async function start(data: string): Promise<Running> {
  const { child, text } = launch(["--any-ports", "--data", data]);
  const endpoints = new Map<string, string>();
  const events: string[] = [];
  let isReady = false;
  await new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`ended with ${code}: ${text.err}`)));
    createInterface({ input: child.stdout! }).on("line", (line) => {
      if (isReady) events.push(line);
      else if (line === "ready") {
        isReady = true;
        resolve();
      } else {
        const [name, url] = line.split(" ");
        endpoints.set(name!, url!);
      }
    });
  });
  return { child, endpoints, events };
}

async function post(url: string, body: unknown): Promise<{ result?: never; data?: never }> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  return await response.json();
}

const ethereum = async (running: Running, method: string, ...params: unknown[]): Promise<unknown> =>
  (await post(running.endpoints.get("ethereum")!, { jsonrpc: "2.0", id: 1, method, params }))
    .result;

const blockHash = async (running: Running, height: string): Promise<string> =>
  ((await ethereum(running, "eth_getBlockByNumber", height, false)) as { hash: string }).hash;

async function end({ child }: Running, signal: "SIGTERM" | "SIGKILL"): Promise<number | null> {
  const ended = once(child, "exit");
  child.kill(signal);
  return (await ended)[0] as number | null;
}

test(
  "everything starts, answers, ends, comes back with the same chains, and survives kill -9",
  async () => {
    const data = join(folder, "data");
    const first = await start(data);
    expect([...first.endpoints.keys()]).toEqual([
      ...["graphql", "health", "ethereum", "ethereum-ws", "solana", "solana-ws"],
      ...["aptos", "aptos-faucet", "polkadot", "devnet"],
    ]);
    const query = "{ markets { chain { family } price { usable } } }";
    const { data: answer } = await post(first.endpoints.get("graphql")!, { query });
    expect(answer).toBeDefined();
    while (first.events.length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(first.events[0]).toMatch(/^\d\d:\d\d:\d\d (evm|svm|move|substrate) +\d+ {2}\S/);
    const hash = await blockHash(first, "0x5");
    expect(await end(first, "SIGTERM")).toBe(0);
    expect(existsSync(join(data, "database/postgres/postmaster.pid"))).toBe(false);

    const second = await start(data);
    expect(await blockHash(second, "0x5")).toBe(hash);
    const height = (await ethereum(second, "eth_blockNumber")) as string;
    const newest = await blockHash(second, height);
    await end(second, "SIGKILL");

    const third = await start(data);
    expect(await blockHash(third, height)).toBe(newest);
    expect(await end(third, "SIGTERM")).toBe(0);
    expect(existsSync(join(data, "database/postgres/postmaster.pid"))).toBe(false);
  },
  3 * START_MS_MAX,
);

test(
  "a port that is taken is named, with the next step, and nothing stays behind",
  async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const data = join(folder, "taken");
    const { child, text } = launch(["--any-ports", "--port", `${port}`, "--data", data]);
    const [code] = await once(child, "exit");
    server.close();
    expect(code).toBe(2);
    expect(text.err).toContain(`cannot listen on 127.0.0.1:${port} (EADDRINUSE)`);
    expect(text.err).toContain("--any-ports");
    expect(existsSync(join(data, "database/postgres/postmaster.pid"))).toBe(false);
  },
  START_MS_MAX,
);

test(
  "a database that does not answer is named, with the next step",
  async () => {
    const url = "postgres://nobody@127.0.0.1:9/none";
    const options = ["--any-ports", "--data", join(folder, "remote")];
    const { child, text } = launch(options, { DATABASE_URL: url });
    const [code] = await once(child, "exit");
    expect(code).not.toBe(0);
    expect(text.err).toContain("INVALID_DATABASE");
    expect(text.err).toContain("DATABASE_URL");
  },
  START_MS_MAX,
);
