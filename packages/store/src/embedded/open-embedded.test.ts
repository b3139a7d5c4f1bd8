import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FaultError } from "@dragoman/fault";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Database } from "../database.ts";
import { openDatabase } from "../open-database.ts";
import { buildStore, startWriter } from "../testing/writer-process.ts";
import { postmasterPath, readPostmaster } from "./postmaster-file.ts";

// Making a cluster is half a second of one idle core, and much more of a busy one.
vi.setConfig({ testTimeout: 120_000 });

const closers: (() => unknown)[] = [];

beforeAll(buildStore);
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "dragoman-embedded-"));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function open(dataFolder: string, log?: (line: string) => void): Promise<Database> {
  const database = await openDatabase({ dataFolder }, log);
  closers.push(() => database.close());
  return database;
}

const written = async (database: Database): Promise<number[]> =>
  (await database.query<{ number: number }>("SELECT number FROM written ORDER BY number")).map(
    ({ number }) => number,
  );

const clusterIn = (folder: string): string => join(folder, "postgres");

test("a fresh folder gets a cluster that syncs every commit, and a second opening finds its rows", async () => {
  const folder = newFolder();
  const first = await open(folder);
  expect(await first.query("SHOW fsync")).toEqual([{ fsync: "on" }]);
  expect(await first.query("SHOW synchronous_commit")).toEqual([{ synchronous_commit: "on" }]);
  await first.query("CREATE TABLE written (number integer); INSERT INTO written VALUES (7)");
  await first.close();
  expect(existsSync(postmasterPath(clusterIn(folder)))).toBe(false);
  expect(await written(await open(folder))).toEqual([7]);
});

test("after kill -9 of the process that started it the server is attached to, with all that was acknowledged", async () => {
  const folder = newFolder();
  const writer = startWriter(folder);
  await writer.reach(20);
  const server = readPostmaster(clusterIn(folder))?.pid;
  await writer.kill();
  const log: string[] = [];
  const database = await open(folder, (line) => log.push(line));
  expect(log.join("\n")).toContain(`attached to the server ${server}`);
  const rows = await written(database);
  expect(rows.slice(0, writer.acknowledged.length)).toEqual(writer.acknowledged);
  expect(rows.length - writer.acknowledged.length).toBeLessThanOrEqual(1);
  await database.close();
  expect(readPostmaster(clusterIn(folder))).toBeUndefined();
});

test("after kill -9 of the server itself the log is replayed, and nothing that was acknowledged is lost", async () => {
  const folder = newFolder();
  const writer = startWriter(folder);
  await writer.reach(20);
  process.kill(readPostmaster(clusterIn(folder))!.pid, "SIGKILL");
  await writer.kill();
  const rows = await written(await open(folder));
  expect(rows.slice(0, writer.acknowledged.length)).toEqual(writer.acknowledged);
  expect(rows.length - writer.acknowledged.length).toBeLessThanOrEqual(1);
});

test("a server that is killed while it is in use is started again, and the database goes on", async () => {
  const folder = newFolder();
  const database = await open(folder);
  await database.query("CREATE TABLE written (number integer); INSERT INTO written VALUES (7)");
  const heard = new Promise((resolve, reject) => {
    database.listen("again", resolve).catch(reject);
  });
  await database.listen("again", () => undefined);
  const pid = readPostmaster(clusterIn(folder))!.pid;
  process.kill(pid, "SIGKILL");
  // What the server left behind may answer once more before it ends too.
  let rows: number[] | undefined;
  while (rows === undefined || readPostmaster(clusterIn(folder))?.pid === pid) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    rows = await written(database).catch(() => undefined);
  }
  expect(rows).toEqual([7]);
  expect(await heard).toBeUndefined();
  await database.close();
  expect(readPostmaster(clusterIn(folder))).toBeUndefined();
});

test("a pid file whose number belongs to another program is no server", async () => {
  const folder = newFolder();
  const first = await open(folder);
  const path = postmasterPath(clusterIn(folder));
  const text = readFileSync(path, "utf8");
  await first.close();
  writeFileSync(path, text.replace(/^\d+/, `${process.pid}`));
  const log: string[] = [];
  const second = await open(folder, (line) => log.push(line));
  expect(log.join("\n")).toContain("started the server");
  expect(await second.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("two processes that open a fresh folder at once share one server, which stops with the last", async () => {
  const folder = newFolder();
  const writer = startWriter(folder);
  const database = await open(folder);
  await writer.reach(1);
  const server = readPostmaster(clusterIn(folder))?.pid;
  expect((await written(database)).length).toBeGreaterThan(0);
  await writer.close();
  expect((await written(database)).length).toBe(writer.acknowledged.length);
  expect(readPostmaster(clusterIn(folder))?.pid).toBe(server);
  await database.close();
  expect(readPostmaster(clusterIn(folder))).toBeUndefined();
});

test("a folder that cannot be one is refused with what to do", async () => {
  const folder = newFolder();
  writeFileSync(join(folder, "file"), "");
  await expect(openDatabase({ dataFolder: join(folder, "file") })).rejects.toThrow(FaultError);
  mkdirSync(clusterIn(folder));
  writeFileSync(join(clusterIn(folder), "other"), "");
  await expect(openDatabase({ dataFolder: folder })).rejects.toThrow(
    /INVALID_DATABASE.*(choose another|set DATABASE_URL)/,
  );
});
