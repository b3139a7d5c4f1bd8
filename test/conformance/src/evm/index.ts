import { refuse } from "@dragoman/fault";
import { findFork } from "@dragoman/frontend-evm";
import { jsonLines, jsonValue, type PackFile } from "../pack/pack-file.ts";
import type { ConformOptions, ConformReport } from "../report.ts";
import type { BatchPool } from "./batch-pool.ts";
import { type BatchResult, type CaseBatch, runBatch } from "./run-batch.ts";

/** Cases of one batch that goes to a thread; a state test counts by what it expects. */
const BATCH_CASES = 64;

/**
 * Vectors of single instructions (`{op, X, Y, Expected}`), of precompiles (`{address, fail, Input, …}`) and state tests
 * (`{env, pre, transaction, post}`, also in the nested form of ethereum/tests), tracer cases (`{genesis, context, input, result}`). With a pool, on its threads.
 *
 * Faults: `MALFORMED_CASE`, `INVALID_COMMAND` for an unknown fork.
 */
export async function conformEvm(
  file: PackFile,
  options: ConformOptions,
  pool?: BatchPool,
): Promise<ConformReport> {
  const fork = options.fork === undefined ? undefined : findFork(options.fork);
  if (options.fork !== undefined && fork === undefined) {
    refuse("INVALID_COMMAND", undefined, `--fork ${options.fork} is no fork that is known`);
  }
  const results: Promise<BatchResult>[] = [];
  for (const cases of batchesOf(file, options)) {
    const batch: CaseBatch = { file: file.name, cases, fork, tier: options.tier };
    await pool?.room();
    const result = pool === undefined ? Promise.resolve(runBatch(batch)) : pool.run(batch);
    results.push(result.then((ended) => noted(ended, options)));
  }
  const ended = await Promise.all(results);
  const failures = ended.flatMap((result) => result.failures);
  const skipped = ended.reduce((sum, { skips }) => sum + skips.length, 0);
  const passed = ended.reduce((sum, result) => sum + result.passed, 0);
  return { passed, failed: failures.length, skipped, failures };
}

function noted(result: BatchResult, options: ConformOptions): BatchResult {
  for (const [name, why] of result.skips) options.onSkip?.(name, why);
  options.onCases?.(result.passed + result.skips.length, result.failures.length);
  return result;
}

function* batchesOf(file: PackFile, { select }: ConformOptions): Generator<CaseBatch["cases"]> {
  let batch: [string, Fields][] = [];
  let weight = 0;
  let index = 0;
  for (const named of casesOf(file)) {
    if (!(select?.(index++) ?? true)) continue;
    batch.push(named);
    weight += weightOf(named[1]);
    if (weight < BATCH_CASES) continue;
    yield batch;
    batch = [];
    weight = 0;
  }
  if (batch.length > 0) yield batch;
}

function weightOf({ post }: Fields): number {
  if (typeof post !== "object" || post === null) return 1;
  return Object.values(post).reduce(
    (sum: number, cases) => sum + (Array.isArray(cases) ? cases.length : 0),
    0,
  );
}

/** Cases with their names. A `.json` file holds one case, a list, or an object of cases by name. */
function* casesOf(file: PackFile): Generator<[name: string, value: Fields]> {
  const values = file.name.endsWith(".jsonl") ? jsonLines(file) : unpack(jsonValue(file));
  let at = 0;
  for (const value of values) {
    at++;
    if (typeof value !== "object" || value === null) {
      refuse("MALFORMED_CASE", at - 1, `${file.path}: case ${at} is no object`);
    }
    const fields = value as Fields;
    const own = fields.name ?? fields.Name ?? fields.op ?? "";
    yield [`${file.name.replace(/\.jsonl?$/, "")} ${at} ${own}`.trim(), fields];
  }
}

type Fields = Readonly<Record<string, unknown>>;

function unpack(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  const fields = value as Fields;
  const isCase = ["post", "op", "Input", "context"].some((field) => field in fields);
  if (isCase) return [value];
  return Object.entries(fields).map(([name, inner]) => ({ name, ...(inner as Fields) }));
}
