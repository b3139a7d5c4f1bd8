import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { refuse } from "@dragoman/fault";

interface TextFile {
  readonly file: string;
  readonly text: string;
}

/** What is tested: compiled modules, and what says which of their functions are tests. */
export interface MovePackage {
  /** Files of modules. */
  readonly modules: readonly Uint8Array[];
  readonly manifest: TextFile | undefined;
  /** Move sources of the package itself. */
  readonly sources: readonly TextFile[];
  /** Addresses that Move.toml names. */
  readonly addresses: ReadonlyMap<string, string>;
}

/** Name of the manifest beside modules. */
const MANIFEST = "move-tests.json";
/** Addresses that every package knows. */
const STANDARD: readonly (readonly [string, string])[] = [
  ["std", "0x1"],
  ["aptos_std", "0x1"],
  ["aptos_framework", "0x1"],
  ["vm_reserved", "0x0"],
];

/**
 * Reads `.mv` files, folders of them, and packages: a folder with Move.toml, whose modules are under `build/<name>/bytecode_modules` and whose tests are
 * marked in `sources` and `tests`, unless `move-tests.json` lists them.
 *
 * Faults: INVALID_COMMAND with the path of what is missing or cannot be read.
 */
export function readMovePackage(paths: readonly string[], manifest?: string): MovePackage {
  const modules: Uint8Array[] = [];
  const manifests: string[] = manifest === undefined ? [] : [manifest];
  const sources: TextFile[] = [];
  const addresses = new Map(STANDARD);
  for (const path of paths) {
    if (!isFolder(path)) {
      modules.push(readFileSync(path));
      continue;
    }
    const toml = join(path, "Move.toml");
    const isPackage = exists(toml);
    const root = isPackage ? join(path, "build") : path;
    if (isPackage && !exists(root)) {
      refuse("INVALID_COMMAND", undefined, `${path} is not compiled: there is no ${root}`);
    }
    const found = filesUnder(root, ".mv");
    if (found.length === 0) refuse("INVALID_COMMAND", undefined, `there is no .mv file in ${root}`);
    // Scripts have no name to be called by.
    for (const file of found) {
      if (!file.includes("bytecode_scripts")) modules.push(readFileSync(file));
    }
    if (manifest === undefined && exists(join(path, MANIFEST)))
      manifests.push(join(path, MANIFEST));
    if (!isPackage) continue;
    for (const [name, address] of addressesOf(readFileSync(toml, "utf8")))
      addresses.set(name, address);
    for (const folder of ["sources", "tests"]) {
      for (const file of filesUnder(join(path, folder), ".move")) {
        sources.push({ file, text: readFileSync(file, "utf8") });
      }
    }
  }
  const [first] = manifests;
  if (first !== undefined && isFolder(first)) {
    refuse("INVALID_COMMAND", undefined, `${first} is no manifest but a folder`);
  }
  return {
    modules,
    manifest:
      first === undefined
        ? undefined
        : { file: basename(first), text: readFileSync(first, "utf8") },
    sources,
    addresses,
  };
}

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/** Faults: INVALID_COMMAND where there is nothing. */
function isFolder(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isDirectory() ?? refuse("INVALID_COMMAND", undefined, `there is no ${path}`);
}

/** Files below a folder whose names end so, in the order of their paths; none where there is no folder. */
function filesUnder(folder: string, ending: string): string[] {
  if (!exists(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}

/** `name = "0x…"` in the sections `[addresses]` and `[dev-addresses]` of a Move.toml. */
function addressesOf(toml: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let section = "";
  for (const line of toml.split("\n")) {
    section = /^\s*\[([\w-]+)\]/.exec(line)?.[1] ?? section;
    const [, name, value] = /^\s*(\w+)\s*=\s*"(0x[0-9a-fA-F]+)"/.exec(line) ?? [];
    if (name !== undefined && value !== undefined && section.endsWith("addresses")) {
      found.set(name, value);
    }
  }
  return found;
}
