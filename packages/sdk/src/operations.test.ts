import { readFileSync } from "node:fs";
import { SDL } from "@dragoman/schema";
import { buildSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { generateOperations } from "./generate.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

test("the operations are valid by the schema", () => {
  expect(validate(buildSchema(SDL), parse(read("operations.graphql")))).toEqual([]);
});

test("the generated types are those of the operations", async () => {
  expect(read("generated/operations.ts")).toBe(
    await generateOperations(read("operations.graphql")),
  );
});
