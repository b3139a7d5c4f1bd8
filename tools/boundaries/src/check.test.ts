import { check, type Project, type Workspace } from "@dragoman/boundaries";
import { expect, test } from "vitest";

/** A project whose manifest and tsconfig.json declare `dependencies`, with one importing file. */
const project = (
  root: string,
  dependencies: readonly string[],
  imports: Record<string, string> = {},
): Project => {
  const [folder, name] = root.split("/");
  return {
    name: `@dragoman/${name}`,
    root: `${folder}/${name}`,
    declared: new Set(dependencies.map(nameOf)),
    references: dependencies.filter((path) => path.includes("/") && !path.startsWith("@")),
    imports: Object.entries(imports).map(([file, specifier]) => ({
      file: `${root}/src/${file}`,
      specifier,
    })),
  };
};

const nameOf = (path: string): string =>
  path.startsWith("packages/") ? path.replace("packages/", "@dragoman/") : path;

const workspace = (...projects: Project[]): Workspace => ({
  projects,
  graph: new Map(projects.map(({ name, declared }) => [name, [...declared]])),
  testTools: new Set(["vitest"]),
});

const fault = project("packages/fault", []);
const core = project("packages/core", ["packages/fault"]);

test("a package may depend on lower layers", () => {
  const good = {
    "a.ts": "@dragoman/fault",
    "a.test.ts": "vitest",
    "testing/run.ts": "node:fs",
  };
  expect(check(workspace(fault, project("packages/core", ["packages/fault"], good)))).toEqual([]);
});

test("a lower layer must not depend on a higher one", () => {
  const word = project("packages/word", ["packages/core"]);
  expect(check(workspace(fault, core, word))).toEqual([
    "packages/word (ground) must not depend on packages/core (core)",
  ]);
});

test("frontends must not depend on each other", () => {
  const evm = project("packages/frontend-evm", []);
  const move = project("packages/frontend-move", ["packages/frontend-evm"]);
  expect(check(workspace(evm, move))).toEqual([
    "packages/frontend-move (frontends) must not depend on packages/frontend-evm (frontends)",
  ]);
});

test("a package without a layer is named", () => {
  expect(check(workspace(project("packages/stuff", [])))).toEqual([
    "packages/stuff has no place in a layer",
  ]);
});

test("a cycle is named once, with all of its members", () => {
  const word = project("packages/word", ["packages/bytes"]);
  const bytes = project("packages/bytes", ["packages/crypto"]);
  const crypto = project("packages/crypto", ["packages/word"]);
  expect(check(workspace(word, bytes, crypto))).toEqual([
    "cycle: @dragoman/bytes -> @dragoman/crypto -> @dragoman/word -> @dragoman/bytes",
  ]);
});

test.each([
  [
    "a.ts",
    "@dragoman/word",
    "imports @dragoman/word, which packages/core/package.json does not declare",
  ],
  [
    "a.ts",
    "@noble/hashes/sha2.js",
    "imports @noble/hashes, which packages/core/package.json does not declare",
  ],
  ["a.ts", "vitest", "imports vitest, which packages/core/package.json does not declare"],
  ["a.ts", "node:fs", "imports node:fs, but must run without Node"],
  ["a.ts", "../../fault/src/fault.ts", "leaves its package: ../../fault/src/fault.ts"],
  ["a.ts", "viem", "must not import the chain client viem"],
  ["interp/a.ts", "../codegen/b.ts", "must not import ../codegen/b.ts"],
  ["codegen/a.ts", "../interp/b.ts", "must not import ../interp/b.ts"],
])("%s must not import %s", (file, specifier, violation) => {
  const bad = project("packages/core", ["packages/fault"], { [file]: specifier });
  expect(check(workspace(fault, bad))).toEqual([`packages/core/src/${file} ${violation}`]);
});

test("references of tsconfig.json and dependencies of package.json are the same", () => {
  const missing = { ...core, references: [] };
  expect(check(workspace(fault, missing))).toEqual([
    "packages/core/tsconfig.json does not refer to packages/fault",
  ]);
  const excess = { ...core, declared: new Set<string>() };
  expect(check(workspace(fault, excess))).toEqual([
    "packages/core/tsconfig.json refers to packages/fault, which is not declared",
  ]);
});
