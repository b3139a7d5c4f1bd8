import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");

/** The folder of recorded Solana runs beside the fixtures; undefined if absent. */
export function svmBenchFolder(): string | undefined {
  const fixtures = process.env.DRAGOMAN_FIXTURES ?? join(REPOSITORY, "../shared/fixtures");
  const folder = join(fixtures, "../bench/svm");
  if (existsSync(folder)) return folder;
  process.stdout.write("svm: no recorded runs (DRAGOMAN_FIXTURES)\n");
  return undefined;
}

export const readJson = <T>(folder: string, name: string): T =>
  JSON.parse(readFileSync(join(folder, name), "utf8")) as T;
