import { cpus, loadavg } from "node:os";
import { refuse } from "@dragoman/fault";
import { FULL_EFFORT, QUICK_EFFORT } from "./measure.ts";
import type { BenchRow } from "./row.ts";
import { evmSuite } from "./suite/evm.ts";
import { moveSuite } from "./suite/move.ts";
import type { SuiteOptions } from "./suite/options.ts";
import { svmSuite } from "./suite/svm.ts";
import { wireSuite } from "./suite/svm-wire.ts";
import { translateSuite } from "./suite/translate.ts";

type Suite = (options: SuiteOptions) => Promise<BenchRow[]>;

const SUITES: Readonly<Record<string, Suite>> = {
  evm: evmSuite,
  svm: svmSuite,
  move: moveSuite,
  translate: translateSuite,
};

/** Parts of suites, which run when they are named. */
const PARTS: Readonly<Record<string, Suite>> = { "svm-wire": wireSuite };

/** Suites that the command line knows and that do not exist yet. */
const PLANNED = ["market", "gateway", "routing"];

export interface BenchOptions {
  readonly cases?: string | undefined;
  /** Short warm-up and few repeats: shows that everything runs, the figures are rough. */
  readonly quick?: boolean;
  readonly note: (line: string) => void;
}

/**
 * Runs suites one after the other; no names = all that exist.
 *
 * Faults: `INVALID_COMMAND` for a suite that does not exist, `UNSUPPORTED_FILE` and `MALFORMED_CASE` for workloads.
 */
export async function runBench(
  names: readonly string[],
  { cases, quick, note }: BenchOptions,
): Promise<BenchRow[]> {
  const chosen = names.length === 0 ? Object.keys(SUITES) : names;
  const suites = chosen.map(suiteOf);
  const rows: BenchRow[] = [];
  const effort = quick === true ? QUICK_EFFORT : FULL_EFFORT;
  note(`load before: ${load()}`);
  for (const suite of suites) rows.push(...(await suite({ cases, effort, note })));
  note(`load after: ${load()}`);
  return rows;
}

/** Mean number of running processes in the last 1, 5 and 15 minutes, and cores: what figures are worth. */
const load = (): string =>
  `${loadavg()
    .map((mean) => mean.toFixed(2))
    .join(
      " ",
    )} on ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), Node ${process.versions.node}`;

function suiteOf(name: string): Suite {
  const known = { ...SUITES, ...PARTS };
  const suite = Object.hasOwn(known, name) ? known[name] : undefined;
  if (suite !== undefined) return suite;
  const why = PLANNED.includes(name) ? `no such suite yet: ${name}` : `there is no suite ${name}`;
  refuse("INVALID_COMMAND", undefined, `${why}; there are ${Object.keys(known).join(", ")}`);
}
