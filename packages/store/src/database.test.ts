import { FaultError } from "@dragoman/fault";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "./database.ts";
import { openDatabase } from "./open-database.ts";
import { openTestDatabase, type TestDatabase } from "./testing/test-database.ts";

let opened: TestDatabase;
let database: Database;

beforeAll(async () => {
  opened = await openTestDatabase();
  database = opened.database;
});
afterAll(() => opened.remove());

test("integers of any size, bytes, arrays and JSON come back as they went in", async () => {
  await database.query(
    "CREATE TABLE kept (small bigint, large numeric(78, 0), raw bytea, list bigint[], doc jsonb)",
  );
  const small = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  const large = fc.bigInt({ min: -(2n ** 250n), max: 2n ** 250n });
  const row = fc.tuple(small, large, fc.uint8Array({ maxLength: 40 }), fc.array(small));
  await fc.assert(
    fc.asyncProperty(row, async ([a, b, raw, list]) => {
      const [kept] = await database.query<{
        small: bigint;
        large: bigint;
        raw: Uint8Array;
        list: bigint[];
        doc: unknown;
      }>("INSERT INTO kept VALUES ($1, $2, $3, $4, $5) RETURNING *", [
        a,
        b,
        raw,
        list,
        JSON.stringify({ a: `${a}` }),
      ]);
      expect(kept!.small).toBe(a);
      expect(kept!.large).toBe(b);
      expect(new Uint8Array(kept!.raw)).toEqual(raw);
      expect(kept!.list).toEqual(list);
      expect(kept!.doc).toEqual({ a: `${a}` });
    }),
    { numRuns: 50 },
  );
});

test("what a transaction throws undoes it", async () => {
  await database.query("CREATE TABLE undone (x integer)");
  const failed = database.transaction(async (tx) => {
    await tx.query("INSERT INTO undone VALUES (1)");
    throw new Error("changed my mind");
  });
  await expect(failed).rejects.toThrow("changed my mind");
  expect(await database.query("SELECT * FROM undone")).toEqual([]);
});

test("transactions that cannot stand side by side run again until both have counted", async () => {
  await database.query("CREATE TABLE counter (x integer); INSERT INTO counter VALUES (0)");
  let runs = 0;
  let bothHaveRead = (): void => {};
  const reading = new Promise<void>((resolve) => {
    bothHaveRead = resolve;
  });
  const count = () =>
    database.transaction(async (tx) => {
      const [row] = await tx.query<{ x: number }>("SELECT x FROM counter");
      if (++runs === 2) bothHaveRead();
      // Neither writes before the other has read the same.
      await reading;
      await tx.query("UPDATE counter SET x = $1", [row!.x + 1]);
    });
  await Promise.all([count(), count()]);
  expect(await database.query("SELECT x FROM counter")).toEqual([{ x: 2 }]);
  expect(runs).toBeGreaterThan(2);
});

test("a notification reaches every listener of its channel once its transaction has ended", async () => {
  const other = await openDatabase(opened.options);
  try {
    const heard: (string | undefined)[] = [];
    const two = new Promise<void>((resolve) => {
      const sink = (payload: string | undefined) => {
        heard.push(payload);
        if (heard.length === 2) resolve();
      };
      void database
        .listen("things", sink)
        .then(() => other.listen("things", sink))
        .then(async () => {
          const failed = database.transaction(async (tx) => {
            await tx.query("SELECT pg_notify('things', 'rolled back')");
            throw new Error("no");
          });
          await failed.catch(() => undefined);
          await database.query("SELECT pg_notify('things', 'done')");
        });
    });
    await two;
    expect(heard).toEqual(["done", "done"]);
  } finally {
    await other.close();
  }
});

test("a listener whose connection was cut hears that it may have missed something, and then listens again", async () => {
  const heard: (string | undefined)[] = [];
  let wake = (): void => undefined;
  const stop = await database.listen("cut", (payload) => {
    heard.push(payload);
    wake();
  });
  const next = () => new Promise<void>((resolve) => (wake = resolve));
  const missed = next();
  await database.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
  );
  await missed;
  const again = next();
  await database.query("SELECT pg_notify('cut', 'again')");
  await again;
  expect(heard).toEqual([undefined, "again"]);
  await stop();
});

const FIRST = { name: "first", sql: "CREATE TABLE grown (a integer)" };
const SECOND = { name: "second", sql: "ALTER TABLE grown ADD COLUMN b integer" };

test("migrations run once each, in order, whoever comes first", async () => {
  const other = await openDatabase(opened.options);
  try {
    await Promise.all([database.migrate("grown", [FIRST]), other.migrate("grown", [FIRST])]);
    await other.migrate("grown", [FIRST, SECOND]);
    await database.migrate("grown", [FIRST, SECOND]);
    await database.query("INSERT INTO grown (a, b) VALUES (1, 2)");
  } finally {
    await other.close();
  }
});

test("a migration that has changed, or that this version does not know, is refused", async () => {
  await database.migrate("fixed", [{ name: "one", sql: "SELECT 1" }]);
  await expect(database.migrate("fixed", [{ name: "one", sql: "SELECT 2" }])).rejects.toThrow(
    /INVALID_DATABASE.*migration 1 "one"/,
  );
  await expect(database.migrate("fixed", [])).rejects.toThrow(/a newer Dragoman/);
});

test("a migration that fails leaves nothing behind", async () => {
  const broken = { name: "broken", sql: "CREATE TABLE half (a integer); SELECT nothing" };
  await expect(database.migrate("half", [broken])).rejects.toThrow(/nothing/);
  await expect(database.query("SELECT * FROM half")).rejects.toThrow(/does not exist/);
});

test.each([
  ["mysql://u@h/d", /no URL of PostgreSQL/],
  ["postgres", /no URL of PostgreSQL/],
  ["postgres://nobody:secret@127.0.0.1:1/none", /ECONNREFUSED.*see that the server runs/],
])("the URL %s is refused with what to do", async (url, sentence) => {
  const error = await openDatabase({ url }).then(
    () => undefined,
    (refused: unknown) => refused,
  );
  expect(error).toBeInstanceOf(FaultError);
  expect((error as FaultError).fault.name).toBe("INVALID_DATABASE");
  expect((error as FaultError).message).toMatch(sentence);
  expect((error as FaultError).message).not.toContain("secret");
});
