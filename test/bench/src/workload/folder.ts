import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { refuse } from "@dragoman/fault";

const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");

/**
 * The folder of the standard workloads: DRAGOMAN_BENCH, or `bench` beside the fixtures folder, or
 * `../shared/bench` beside the repository; undefined when there is none.
 */
export function standardFolder(): string | undefined {
  const { DRAGOMAN_BENCH, DRAGOMAN_FIXTURES } = process.env;
  const candidates = [
    ...(DRAGOMAN_BENCH === undefined ? [] : [DRAGOMAN_BENCH]),
    ...(DRAGOMAN_FIXTURES === undefined ? [] : [join(DRAGOMAN_FIXTURES, "../bench")]),
    join(REPOSITORY, "../shared/bench"),
  ];
  return candidates.find((folder) => existsSync(folder));
}

/**
 * Workload folders of one suite: the standard one, then `casesFolder` (itself, or the sub-folder named after the suite).
 * @throws FaultError when `casesFolder` is not a folder, or when there is no folder at all
 */
export function suiteFolders(suite: string, casesFolder?: string): string[] {
  const folders: string[] = [];
  const standard = standardFolder();
  if (standard !== undefined && existsSync(join(standard, suite)))
    folders.push(join(standard, suite));
  if (casesFolder !== undefined) {
    if (!existsSync(casesFolder) || !statSync(casesFolder).isDirectory()) {
      refuse("UNSUPPORTED_FILE", undefined, `${casesFolder} is no folder of workloads`);
    }
    const inner = join(casesFolder, suite);
    folders.push(existsSync(inner) ? inner : casesFolder);
  }
  if (folders.length === 0) {
    refuse(
      "UNSUPPORTED_FILE",
      undefined,
      `no ${suite} workloads found: set DRAGOMAN_BENCH or pass --cases with a folder of them`,
    );
  }
  return folders;
}

/** Files of a folder whose name ends in `.json`, sorted by name. */
export function jsonFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(folder, name));
}

/** @throws FaultError naming the file when it is not JSON */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    refuse(
      "UNSUPPORTED_FILE",
      undefined,
      `${path} cannot be read as JSON (${(error as Error).message})`,
    );
  }
}

export const nameOf = (path: string): string => basename(path).replace(/\.json$/, "");
