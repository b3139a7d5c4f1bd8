import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";

const PACKAGE = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Compiles this package, so that a child process runs the sources as they are now. */
export function buildStore(): void {
  const tsc = createRequire(import.meta.url).resolve("typescript/lib/tsc.js");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-b", PACKAGE], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the store does not compile:\n${stdout}`);
}

/** A process that opens a data folder and inserts 1, 2, 3 … into the table `written`, a transaction each. */
export interface WriterProcess {
  /** Numbers whose commit was acknowledged to it. */
  readonly acknowledged: readonly number[];
  /** Resolves when so many are. */
  reach(count: number): Promise<void>;
  /** Ends it as a power cut would end it: without a chance to clean up. */
  kill(): Promise<void>;
  /** Asks it to close its database and end. */
  close(): Promise<void>;
}

const SCRIPT = `
const { openDatabase } = await import(process.argv[1]);
const database = await openDatabase({ dataFolder: process.argv[2] });
let isOpen = true;
process.once("SIGTERM", () => { isOpen = false; });
await database.query("CREATE TABLE IF NOT EXISTS written (number integer PRIMARY KEY)");
const [{ next }] = await database.query("SELECT coalesce(max(number), 0) + 1 AS next FROM written");
for (let number = next; isOpen; number++) {
  await database.query("INSERT INTO written VALUES ($1)", [number]);
  console.log(number);
}
await database.close();
`;

export function startWriter(dataFolder: string): WriterProcess {
  const entry = pathToFileURL(resolve(PACKAGE, "dist/index.js")).href;
  const args = ["--input-type=module", "-e", SCRIPT, entry, dataFolder];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const acknowledged: number[] = [];
  const waiting = new Map<number, () => void>();
  createInterface(child.stdout).on("line", (line) => {
    acknowledged.push(Number(line));
    waiting.get(acknowledged.length)?.();
  });
  const ended = once(child, "close");
  return {
    acknowledged,
    reach: (count) => reached(child, acknowledged, waiting, count),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
    close: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function reached(
  child: ChildProcess,
  acknowledged: readonly number[],
  waiting: Map<number, () => void>,
  count: number,
): Promise<void> {
  if (acknowledged.length >= count) return Promise.resolve();
  return new Promise((resolve, reject) => {
    waiting.set(count, resolve);
    child.once("close", () => reject(new Error("the writer ended early")));
  });
}
