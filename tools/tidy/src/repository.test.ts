import { fileURLToPath } from "node:url";
import {
  checkFile,
  compareMatrix,
  findExamples,
  listPaths,
  readFiles,
  runExample,
} from "@dragoman/tidy";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const EXAMPLES = fileURLToPath(new URL("../.examples", import.meta.url));

const paths = listPaths(ROOT);
const files = readFiles(ROOT, paths);
const contentOf = (path: string) => files.find((file) => file.path === path)?.text ?? "";

test("every file keeps the house rules", () => {
  expect(files.flatMap(({ path, text }) => checkFile(path, text))).toEqual([]);
});

test("every package has a row in ARCHITECTURE.md", () => {
  expect(compareMatrix(paths, contentOf("ARCHITECTURE.md"))).toEqual([]);
});

const examples = files
  .filter(({ path }) => path.endsWith("README.md"))
  .flatMap(({ path, text }) => findExamples(path, text));

test.each(examples)("the example at $place prints what it says", async (example) => {
  expect(await runExample(example, EXAMPLES)).toEqual(example.expected);
});
