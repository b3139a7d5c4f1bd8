import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { CaseFailure, ConformReport } from "./report.ts";

/** How much of a pack passes, as it is committed. */
export interface SuiteScore {
  readonly passed: number;
  /** Cases of the pack, those that cannot be run yet among them. */
  readonly total: number;
  /** Reasons for which cases are not run, with their number. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Names of the cases that are not run, by reason, where they are few enough to be read. */
  readonly skippedCases?: Readonly<Record<string, readonly string[]>>;
  /** Failed cases by {@link failureName}, with their number. */
  readonly failures: Readonly<Record<string, number>>;
}

export type Score = Readonly<Record<string, SuiteScore>>;

/** One pack of the fixtures folder. */
export interface ScoredPack {
  /** Its name in `score.json`. */
  readonly name: string;
  readonly machine: "evm" | "svm" | "move";
  /** Below the fixtures folder. */
  readonly path: string;
  /** A test takes every `stride`-th case of the pack. */
  readonly stride: number;
}

export const SCORED_PACKS: readonly ScoredPack[] = [
  { name: "evm/alu256", machine: "evm", path: "evm/alu256", stride: 5 },
  { name: "evm/precompiles", machine: "evm", path: "evm/precompiles", stride: 5 },
  { name: "evm/tracers", machine: "evm", path: "evm/tracers", stride: 1 },
  { name: "evm/gst-cancun", machine: "evm", path: "evm/gst-cancun", stride: 40 },
  { name: "evm/gst-old-forks", machine: "evm", path: "evm/gst-old-forks", stride: 61 },
  { name: "svm/vm_interp", machine: "svm", path: "svm/vm_interp.dev.tar.gz", stride: 1 },
  fullPack("v0"),
  fullPack("v1"),
  fullPack("v2"),
  { name: "svm/syscall", machine: "svm", path: "svm/syscall.dev.tar.gz", stride: 1 },
  { name: "svm/cpi", machine: "svm", path: "svm/cpi.dev.tar.gz", stride: 1 },
  { name: "svm/elf_loader", machine: "svm", path: "svm/elf_loader.dev.tar.gz", stride: 1 },
  { name: "svm/instr", machine: "svm", path: "svm/instr.dev.tar.gz", stride: 1 },
  { name: "svm/txn", machine: "svm", path: "svm/txn.dev.tar.gz", stride: 1 },
  { name: "move/oracle", machine: "move", path: "move/oracle_dev.jsonl.gz", stride: 4 },
  { name: "move/mvir", machine: "move", path: "move/mvir_dev.jsonl.gz", stride: 4 },
];

function fullPack(version: string): ScoredPack {
  const name = `vm_interp_full_${version}`;
  return { name: `svm/${name}`, machine: "svm", path: `svm/${name}.dev.rec.gz`, stride: 100 };
}

const SCORE_FILE = resolve(dirname(fileURLToPath(import.meta.url)), "../../../score.json");

/** The committed score. */
export function readScore(): Score {
  return existsSync(SCORE_FILE) ? (JSON.parse(readFileSync(SCORE_FILE, "utf8")) as Score) : {};
}

export function writeScore(score: Score): void {
  const sorted = Object.fromEntries(Object.entries(score).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(SCORE_FILE, `${JSON.stringify(sorted, null, 1)}\n`);
}

export const packPath = (fixtures: string, pack: ScoredPack): string => join(fixtures, pack.path);

/** Name of a failed case in the score: the cases of one state test, which differ in their indexes, share it. */
export const failureName = (name: string): string => name.replace(/ \w+ \d+\/\d+\/\d+$/, "");

/** Skipped cases of a pack that are named at most. */
const NAMED_MAX = 500;

/** The score of a whole run of a pack. `skips` gives the cases that were skipped for each reason. */
export function scoreOf(
  report: ConformReport,
  skips: ReadonlyMap<string, readonly string[]>,
): SuiteScore {
  const { passed, failed, skipped } = report;
  const counts = [...skips].map(([reason, names]) => [reason, names.length] as const);
  const named = skipped > 0 && skipped <= NAMED_MAX;
  return {
    passed,
    total: passed + failed + skipped,
    skipped: sorted(new Map(counts)),
    ...(named ? { skippedCases: Object.fromEntries([...skips].sort(byReason)) } : {}),
    failures: sorted(countNames(report.failures)),
  };
}

function countNames(failures: readonly CaseFailure[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of failures) {
    const key = failureName(name);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

const byReason = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1;

const sorted = (counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Why `next` may not replace `before`: a score only rises. Undefined = it may. */
export function fallOf(before: SuiteScore | undefined, next: SuiteScore): string | undefined {
  if (before === undefined || next.passed >= before.passed) return undefined;
  return `${next.passed} of ${next.total} pass, ${before.passed} did before`;
}

/** Failures and skips of a slice that the committed score does not know: with them it would fall. */
export function surprisesOf(
  score: SuiteScore,
  report: ConformReport,
  skips: ReadonlyMap<string, unknown>,
): string[] {
  const failures = report.failures.filter(({ name }) => !(failureName(name) in score.failures));
  const reasons = [...skips.keys()].filter((reason) => !(reason in score.skipped));
  return [
    ...failures.map(({ name, why }) => `${name}: ${why}`),
    ...reasons.map((reason) => `skipped: ${reason}`),
  ];
}
