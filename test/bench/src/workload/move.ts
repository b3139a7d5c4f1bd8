import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { JsonRecord } from "@dragoman/conformance";
import { refuse } from "@dragoman/fault";
import { jsonFiles, readJson, suiteFolders } from "./folder.ts";

/** One function of a module called with one u64, and what the native machine answered and took. */
export interface MoveWorkload {
  readonly name: string;
  readonly module: Uint8Array;
  readonly fn: string;
  readonly n: bigint;
  /** Decimal text of the one integer that the function returns. */
  readonly result: string;
  readonly peerMs: number;
  /** The same kernels in Sui's edition (`sui/sources/kernels.move`), where the folder has them. */
  readonly suiSource: string | undefined;
}

export interface MoveAnswer {
  readonly outcome: "ok" | "failed";
  readonly result: string;
}

/**
 * Kernels of each folder: a list of `{fn, n, ms, result}` (`peer_libmovevm.json`, else every list of that form) and the
 * module `aptos/mv/kernels.mv` or `kernels.mv`. For a function with several sizes the largest is taken.
 */
export function moveWorkloads(casesFolder?: string): MoveWorkload[] {
  return suiteFolders("move", casesFolder).flatMap((folder) => {
    const recorded = join(folder, "peer_libmovevm.json");
    const files = existsSync(recorded) ? [recorded] : jsonFiles(folder);
    const suiPath = join(folder, "sui/sources/kernels.move");
    const suiSource = existsSync(suiPath) ? readFileSync(suiPath, "utf8") : undefined;
    const module = readModule(folder);
    return files.flatMap((path) => kernels(path, readJson(path), { module, suiSource }));
  });
}

function kernels(
  path: string,
  value: unknown,
  code: Pick<MoveWorkload, "module" | "suiSource">,
): MoveWorkload[] {
  if (!Array.isArray(value))
    refuse("MALFORMED_CASE", undefined, `${path}: a list of recorded kernels is wanted here`);
  const largest = new Map<string, MoveWorkload>();
  for (const [at, item] of value.entries()) {
    const record = new JsonRecord(`${path}: [${at}]`, item);
    const fn = record.string("fn");
    const n = record.integer("n");
    const result = record.string("result").replaceAll('"', "");
    const earlier = largest.get(fn);
    if (earlier !== undefined && earlier.n > n) continue;
    const peerMs = record.number("ms");
    largest.set(fn, { name: `${fn}(${n})`, ...code, fn, n, result, peerMs });
  }
  return [...largest.values()];
}

function readModule(folder: string): Uint8Array {
  const paths = [join(folder, "aptos/mv/kernels.mv"), join(folder, "kernels.mv")];
  const path = paths.find((candidate) => existsSync(candidate));
  if (path === undefined)
    refuse("UNSUPPORTED_FILE", undefined, `${folder}: there is no kernels.mv in it`);
  return new Uint8Array(readFileSync(path));
}
