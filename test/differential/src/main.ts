import { parseArgs } from "node:util";
import type { FuzzReport } from "./fuzz.ts";
import { FUZZERS, loadFuzzer } from "./fuzzers.ts";
import { runWorkers } from "./run-workers.ts";

const COUNT_DEFAULT = 1000;
const USAGE = `fuzz [${Object.keys(FUZZERS).join("|")}]… [--count n] [--seed k] [--workers w] [--json]`;
/** Cases between two notes on standard error. */
const PROGRESS_EVERY = 1000;

process.exitCode = await main(process.argv.slice(2));

/** Exit status: 0 everything agreed, 1 something differs, 2 the command line is wrong. */
async function main(args: string[]): Promise<number> {
  const command = readCommand(args);
  if (typeof command === "string") {
    note(`${command} (usage: ${USAGE})`);
    return 2;
  }
  const { names, count, seed, workers, json } = command;
  const reports: FuzzReport[] = [];
  for (const name of names) {
    const options = { count, seed, onProgress: progress(name) };
    const report =
      workers > 1
        ? await runWorkers(name, Math.min(workers, count), options)
        : await (await loadFuzzer(name))(options);
    note(`${name}: ${report.cases} cases, ${report.mismatches.length} mismatches`);
    for (const { seed: at, why } of report.mismatches.slice(0, 10)) note(`  seed ${at}: ${why}`);
    for (const what of report.absent ?? []) note(`  without ${what}`);
    const named = report.mismatches.map(({ seed: at, why }) => ({
      seed: at,
      why: `${name}: ${why}`,
    }));
    reports.push({ cases: report.cases, mismatches: named });
  }
  const mismatches = reports.flatMap((report) => report.mismatches);
  const cases = reports.reduce((sum, report) => sum + report.cases, 0);
  if (json) process.stdout.write(`${JSON.stringify({ cases, mismatches }, null, 2)}\n`);
  return mismatches.length === 0 ? 0 : 1;
}

interface FuzzCommand {
  readonly names: readonly string[];
  readonly count: number;
  readonly seed: number;
  /** Threads; 1 = none beside this one. */
  readonly workers: number;
  readonly json: boolean;
}

/** The command, or what is wrong with it. */
function readCommand(args: string[]): FuzzCommand | string {
  const options = {
    count: { type: "string" },
    seed: { type: "string" },
    workers: { type: "string" },
    json: { type: "boolean" },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const unknown = positionals.find((name) => !Object.hasOwn(FUZZERS, name));
    if (unknown !== undefined) return `there is no fuzzer ${unknown}`;
    const count = Number(values.count ?? COUNT_DEFAULT);
    const seed = Number(values.seed ?? 1);
    if (!Number.isSafeInteger(count) || count < 1) return `--count ${values.count} is no count`;
    const workers = Number(values.workers ?? 1);
    if (!Number.isSafeInteger(workers) || workers < 1) return `--workers ${values.workers} is none`;
    if (!Number.isSafeInteger(seed)) return `--seed ${values.seed} is no integer`;
    const names = positionals.length === 0 ? Object.keys(FUZZERS) : positionals;
    return { names, count, seed, workers, json: values.json ?? false };
  } catch (error) {
    return (error as Error).message;
  }
}

function progress(name: string): (cases: number) => void {
  let last = 0;
  return (cases) => {
    if (cases - last < PROGRESS_EVERY) return;
    last = cases;
    note(`${name}: ${cases}`);
  };
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}
