import { expect, test } from "vitest";
import { Opened } from "./opened.ts";

test("what was opened is closed in reverse, once, when a later part fails", async () => {
  const closed: string[] = [];
  const close = (name: string): void => void closed.push(name);
  const opened = new Opened();
  const start = opened.orClose(async () => {
    opened.keep("database", close);
    await opened.keepAll(
      [Promise.resolve("a"), Promise.reject(new Error("port 8545 is taken")), Promise.resolve("c")],
      close,
    );
  });
  await expect(start).rejects.toThrow("port 8545 is taken");
  expect(closed).toEqual(["c", "a", "database"]);
  await opened.close();
  expect(closed).toHaveLength(3);
});

test("one that does not close keeps none of the others open", async () => {
  const closed: string[] = [];
  const opened = new Opened();
  opened.keep("first", (name) => closed.push(name));
  opened.keep("second", () => Promise.reject(new Error("stuck")));
  await expect(opened.close()).rejects.toThrow("stuck");
  expect(closed).toEqual(["first"]);
});
