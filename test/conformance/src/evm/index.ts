import { refuse } from "@dragoman/fault";
import { type ForkName, findFork } from "@dragoman/frontend-evm";
import { jsonLines, jsonValue, type PackFile } from "../pack/pack-file.ts";
import { type ConformOptions, type ConformReport, Tally } from "../report.ts";
import { runAluVector } from "./alu256.ts";
import { runPrecompileVector } from "./precompile.ts";
import { runStateTest } from "./state-test.ts";
import { runTracerCase } from "./tracer.ts";

/**
 * Vectors of single instructions (`{op, X, Y, Expected}`), of precompiles (`{address, fail, Input, …}`) and state tests
 * (`{env, pre, transaction, post}`, also in the nested form of ethereum/tests), tracer cases (`{genesis, context, input, result}`).
 *
 * Faults: `MALFORMED_CASE`, `INVALID_COMMAND` for an unknown fork.
 */
export async function conformEvm(file: PackFile, options: ConformOptions): Promise<ConformReport> {
  const fork = options.fork === undefined ? undefined : findFork(options.fork);
  if (options.fork !== undefined && fork === undefined) {
    refuse("INVALID_COMMAND", undefined, `--fork ${options.fork} is no fork that is known`);
  }
  const tally = new Tally(options);
  let index = 0;
  for (const [name, value] of casesOf(file)) {
    if (options.select?.(index++) ?? true) await runCase(file, name, value, fork, options, tally);
  }
  return tally.report();
}

/** Cases with their names. A `.json` file holds one case, a list, or an object of cases by name. */
function* casesOf(file: PackFile): Generator<[name: string, value: Fields]> {
  const values = file.name.endsWith(".jsonl") ? [...jsonLines(file)] : unpack(jsonValue(file));
  for (const [at, value] of values.entries()) {
    if (typeof value !== "object" || value === null) {
      refuse("MALFORMED_CASE", at, `${file.path}: case ${at + 1} is no object`);
    }
    const fields = value as Fields;
    const own = fields.name ?? fields.Name ?? fields.op ?? "";
    yield [`${file.name.replace(/\.jsonl?$/, "")} ${at + 1} ${own}`.trim(), fields];
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

async function runCase(
  file: PackFile,
  name: string,
  value: Fields,
  fork: ForkName | undefined,
  options: ConformOptions,
  tally: Tally,
): Promise<void> {
  if ("op" in value) runAluVector(name, value, fork, options, tally);
  else if ("Input" in value) runPrecompileVector(file.name, name, value, fork, options, tally);
  else if ("post" in value) await runStateTest(name, value, options, tally);
  else if ("context" in value) runTracerCase(name, value, options, tally);
  else refuse("MALFORMED_CASE", undefined, `${name}: neither vector nor state test`);
}
