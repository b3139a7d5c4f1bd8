import { checkFile, compareMatrix, findExamples } from "@dragoman/tidy";
import { expect, test } from "vitest";

const lines = (count: number, line: string) => `${line}\n`.repeat(count);

test("a file over 500 lines must say why", () => {
  const text = lines(501, "export const a = 1;");
  expect(checkFile("packages/word/src/a.ts", text)).toEqual([
    "packages/word/src/a.ts has 501 lines, over 500",
  ]);
  expect(checkFile("packages/word/src/a.ts", `// tidy: table of opcodes\n${text}`)).toEqual([]);
});

test("a function over 80 lines must be split, but not in a test", () => {
  const text = `export function long() {\n${lines(80, "  step();")}}\n`;
  expect(checkFile("packages/word/src/a.ts", text)).toEqual([
    "packages/word/src/a.ts:1 function of 82 lines, over 80",
  ]);
  expect(checkFile("packages/word/src/a.test.ts", text)).toEqual([]);
});

test.each(["packages/core/src/utils/a.ts", "packages/common/src/a.ts", "apps/cli/src/helpers.ts"])(
  "the path %s names nothing",
  (path) => expect(checkFile(path, "")).toHaveLength(1),
);

test.each([
  "class CacheManager {}",
  "interface IStore {}",
  "type BaseNode = 1;",
  "abstract class AbstractPass {}",
  "function handleCall() {}",
  "const doWork = () => 1;",
  "class A { processBlock() {} }",
])("%s has no good name", (text) => {
  expect(checkFile("apps/cli/src/a.ts", text)).toHaveLength(1);
});

test.each(["interface IrModule {}", "const dominators = () => 1;", "const handle = 3;"])(
  "%s has a good name",
  (text) => expect(checkFile("apps/cli/src/a.ts", text)).toEqual([]),
);

test.each(["test.only", "describe.skip", "it.todo", "test.each([1]).skip", "vi.mock"])(
  "%s is not allowed",
  (call) => expect(checkFile("packages/word/src/a.test.ts", `${call}("x");`)).toHaveLength(1),
);

test.each(["test.skipIf(absent)", "list.skip", "test.each([])"])("%s is allowed", (call) => {
  expect(checkFile("packages/word/src/a.test.ts", `${call}("x");`)).toEqual([]);
});

test.each([
  "Date.now()",
  "new Date(0)",
  "performance.now()",
  "Math.random()",
  "Math.sqrt(2)",
  "crypto.getRandomValues(bytes)",
  "const half = 0.5;",
  "const tiny = 1e-9;",
  "new Float32Array(1)",
  "view.getFloat64(0)",
  "a.localeCompare(b)",
  "process.hrtime()",
])("%s is not deterministic", (text) => {
  expect(checkFile("packages/core/src/a.ts", text)).toHaveLength(1);
  expect(checkFile("packages/core/src/a.test.ts", text)).toEqual([]);
  expect(checkFile("apps/cli/src/a.ts", text)).toEqual([]);
});

test.each(["Math.floor(a / 2)", "const million = 1e6;", "const mask = 0xe1;"])(
  "%s is deterministic",
  (text) => expect(checkFile("packages/core/src/a.ts", text)).toEqual([]),
);

test("README.md has at most 150 lines", () => {
  expect(checkFile("README.md", lines(151, "word"))).toEqual(["README.md has 151 lines, over 150"]);
  expect(checkFile("packages/word/README.md", lines(151, "word"))).toEqual([]);
});

test("the matrix has a row for every package and for nothing else", () => {
  const matrix =
    "| Package | Owns |\n|---|---|\n| `word` | words |\n| `apps/x` | - |\n| `test/*` | - |\n";
  const folders = ["packages/word", "packages/bytes", "test/bench", "test/journeys"];
  const paths = ["package.json", ...folders.map((folder) => `${folder}/package.json`)];
  expect(compareMatrix(paths, matrix)).toEqual([
    "ARCHITECTURE.md has no row for packages/bytes",
    "ARCHITECTURE.md has a row for apps/x, which does not exist",
  ]);
});

test("examples are the TypeScript blocks, with the lines that they promise to print", () => {
  const markdown = "# A\n\n```ts\nconsole.log(1); // => 1\n```\n\n```sh\nls\n```\n";
  expect(findExamples("README.md", markdown)).toEqual([
    { place: "README.md:4", code: "console.log(1); // => 1\n", expected: ["1"] },
  ]);
});
