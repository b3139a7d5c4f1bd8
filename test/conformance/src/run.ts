import { assert } from "@dragoman/fault";
import { BatchPool } from "./evm/batch-pool.ts";
import { conformEvm } from "./evm/index.ts";
import { conformMoveFile } from "./move/conform-move.ts";
import { type PackFile, packFiles } from "./pack/pack-file.ts";
import { type ConformOptions, type ConformReport, sumReports } from "./report.ts";
import { conformSvm } from "./svm/index.ts";

/** Runs the cases of one pack file. Faults: `MALFORMED_CASE`, `UNSUPPORTED_FILE`. */
export type Conform = (
  file: PackFile,
  options: ConformOptions,
  pool?: BatchPool,
) => ConformReport | Promise<ConformReport>;

const RUNNERS: Readonly<Record<string, Conform>> = {
  evm: conformEvm,
  svm: conformSvm,
  move: conformMoveFile,
};

/** Machines that have conformance packs. */
export const CONFORM_SUITES: readonly string[] = Object.keys(RUNNERS);

/** Suites whose cases run on several threads. */
const THREADED = new Set(["evm"]);

const PROGRESS_MS = 10_000;

/** What a run tells while it runs, a line at a time. */
type Note = ((line: string) => void) | undefined;

/**
 * Runs all cases in files, folders and archives on one machine.
 *
 * Faults: `UNSUPPORTED_FILE` for a path that holds no cases, `MALFORMED_CASE` for a damaged one.
 */
export async function conformPaths(
  suite: string,
  paths: readonly string[],
  options: ConformOptions & { readonly note?: (line: string) => void },
): Promise<ConformReport> {
  const runner = RUNNERS[suite];
  assert(runner !== undefined, "a suite of CONFORM_SUITES");
  const { workers = 0, note } = options;
  if (workers < 2 || !THREADED.has(suite)) {
    const reports: ConformReport[] = [];
    for (const file of packFiles(paths)) reports.push(await runFile(runner, file, options, note));
    return sumReports(reports);
  }
  const pool = new BatchPool(workers);
  const progress = startProgress(note);
  try {
    const counted = { ...options, onCases: progress.count };
    const files = [...packFiles(paths)];
    return sumReports(
      await Promise.all(files.map((file) => runFile(runner, file, counted, note, pool))),
    );
  } finally {
    progress.stop();
    await pool.close();
  }
}

async function runFile(
  runner: Conform,
  file: PackFile,
  options: ConformOptions,
  note: Note,
  pool?: BatchPool,
): Promise<ConformReport> {
  const report = await runner(file, options, pool);
  const { passed, failed, skipped } = report;
  // An archive of one case a file would drown everything else.
  if (passed + failed + skipped > 1) {
    note?.(`${file.path}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  }
  return report;
}

/** Counts cases and tells of them every ten seconds. */
function startProgress(note: Note): {
  readonly count: (ended: number, failed: number) => void;
  readonly stop: () => void;
} {
  let cases = 0;
  let failures = 0;
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += PROGRESS_MS / 1000;
    note?.(`${seconds} s: ${cases} cases, ${failures} of them failed`);
  }, PROGRESS_MS);
  return {
    count: (ended, failed) => {
      cases += ended + failed;
      failures += failed;
    },
    stop: () => clearInterval(timer),
  };
}
