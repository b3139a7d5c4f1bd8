import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const REPOSITORY = fileURLToPath(new URL("../../../../", import.meta.url));

/** The folder of shared packs, or undefined (and one line on standard error) where it is not. */
export function fixtureRoot(): string | undefined {
  const root = process.env.DRAGOMAN_FIXTURES ?? join(REPOSITORY, "../shared/fixtures");
  if (existsSync(join(root, "move"))) return root;
  console.error(`no fixtures at ${root}: nothing is compared with them`);
  return undefined;
}

/** The modules of the oracle pack, `0xADDR::name` to file content; empty where the pack is not. */
export function oracleModules(): Map<string, Uint8Array> {
  const root = fixtureRoot();
  if (root === undefined) return new Map();
  const text = readFileSync(join(root, "move/oracle_modules.json"), "utf8");
  const files = Object.entries(JSON.parse(text) as Record<string, string>);
  return new Map(files.map(([id, base64]) => [id, new Uint8Array(Buffer.from(base64, "base64"))]));
}

/** The lines of a gzipped JSON-lines pack below the fixture folder; none where the pack is not. */
export function packLines<T>(path: string): T[] {
  const root = fixtureRoot();
  if (root === undefined) return [];
  const text = gunzipSync(readFileSync(join(root, path))).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}
