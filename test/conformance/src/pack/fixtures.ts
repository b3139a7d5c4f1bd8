import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");

/** The folder of fixtures: DRAGOMAN_FIXTURES, or `../shared/fixtures` beside the repository; undefined if absent. */
export function fixturesFolder(): string | undefined {
  const named = process.env.DRAGOMAN_FIXTURES;
  const folder = named ?? join(REPOSITORY, "../shared/fixtures");
  return existsSync(folder) ? folder : undefined;
}
