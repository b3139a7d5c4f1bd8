import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { MoveFault, movePrograms } from "@dragoman/frontend-move";
import { isParanoid, type MvirCase, saysWhatVerifies } from "@dragoman/frontend-move/testing";
import { jsonLines, type PackFile, packFiles } from "../pack/pack-file.ts";
import { type ConformOptions, type ConformReport, sumReports, Tally } from "../report.ts";
import { isOracleCase } from "./oracle-case.ts";
import { isMvirCase, runMvirCase } from "./run-mvir.ts";
import { runOracleCase } from "./run-oracle.ts";
import { readTransactionalTest } from "./transactional-test.ts";

const MODULES_FILE = "oracle_modules.json";

/**
 * Runs the oracle cases in `paths`: results, statuses with their places, and the bytes of all resources after each step are compared
 * with what the native Move VM gave. The modules are read from `oracle_modules.json` beside a pack.
 *
 * Faults: those of `packFiles` and `jsonLines`.
 */
export function conformMove(paths: readonly string[], options: ConformOptions): ConformReport {
  return sumReports([...packFiles(paths)].map((file) => conformMoveFile(file, options)));
}

/** The cases of one pack file, or the one of a transactional test; files that are neither `.jsonl` nor `.mvir` hold none. */
export function conformMoveFile(file: PackFile, options: ConformOptions): ConformReport {
  const tally = new Tally(options);
  const programs = movePrograms();
  if (file.name.endsWith(".mvir")) {
    const item = readTransactionalTest(file);
    tally.count(
      item.name,
      attempt(() => runMvirCase(item, programs, options)),
    );
  }
  if (!file.name.endsWith(".jsonl")) return tally.report();
  let modules: ReadonlyMap<string, Uint8Array> | undefined;
  let index = 0;
  for (const line of jsonLines(file)) {
    if (options.select?.(index++) === false) continue;
    if (isMvirCase(line)) {
      const why = attempt(() => runMvirCase(line, programs, options));
      const unsaid = why === undefined ? undefined : whyUnsaid(line, why);
      if (unsaid === undefined) tally.count(line.name, why);
      else tally.skip(line.name, unsaid);
      continue;
    }
    if (!isOracleCase(line)) {
      tally.skip(`${file.path} line ${index}`, "no case of the oracle");
      continue;
    }
    modules ??= readModules(join(dirname(file.path), MODULES_FILE));
    tally.count(
      line.id,
      attempt(() => runOracleCase(line, modules!, programs, options)),
    );
  }
  return tally.report();
}

/** A refused module or argument is a failed case, with the refusal as reason. */
function attempt(run: () => string | undefined): string | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof MoveFault) return error.message;
    throw error;
  }
}

/**
 * Why the record of a Move IR case that differs from what happened does not say what a machine does; undefined if it does. The
 * records of the flavour `iota` without statuses have every task as accepted, also those that test a refusal; checks of types at run
 * time let pass what the verifier refuses for its references, and nothing that is not verified runs here.
 */
function whyUnsaid(item: MvirCase, why: string): string | undefined {
  if (isParanoid(item)) {
    const passes = why.includes("wanted accepted, got ");
    return passes ? "passes run-time checks of types, and does not verify" : undefined;
  }
  if (saysWhatVerifies(item)) return undefined;
  return "recorded without statuses, and refused here";
}

function readModules(path: string): Map<string, Uint8Array> {
  const files = JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
  return new Map(
    Object.entries(files).map(([name, base64]) => [
      name,
      new Uint8Array(Buffer.from(base64, "base64")),
    ]),
  );
}
