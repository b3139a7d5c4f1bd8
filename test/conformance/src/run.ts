import { assert } from "@dragoman/fault";
import { conformEvm } from "./evm/index.ts";
import { conformMoveFile } from "./move/conform-move.ts";
import { type PackFile, packFiles } from "./pack/pack-file.ts";
import { type ConformOptions, type ConformReport, sumReports } from "./report.ts";
import { conformSvm } from "./svm/index.ts";

/** Runs the cases of one pack file. Faults: `MALFORMED_CASE`, `UNSUPPORTED_FILE`. */
export type Conform = (
  file: PackFile,
  options: ConformOptions,
) => ConformReport | Promise<ConformReport>;

const RUNNERS: Readonly<Record<string, Conform>> = {
  evm: conformEvm,
  svm: conformSvm,
  move: conformMoveFile,
};

/** Machines that have conformance packs. */
export const CONFORM_SUITES: readonly string[] = Object.keys(RUNNERS);

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
  const reports: ConformReport[] = [];
  for (const file of packFiles(paths)) {
    const report = await runner(file, options);
    reports.push(report);
    const { passed, failed, skipped } = report;
    // An archive of one case a file would drown everything else.
    if (passed + failed + skipped > 1) {
      options.note?.(`${file.path}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
    }
  }
  return sumReports(reports);
}
