/** Result of a conformance run: the JSON contract of `dragoman conform --json`. */
export interface ConformReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly CaseFailure[];
}

export interface CaseFailure {
  readonly name: string;
  /** What was wanted and what came, in one line. */
  readonly why: string;
}

export interface ConformOptions {
  readonly tier: "interpret" | "compile" | "auto";
  /** Hard fork to run; undefined = every one that the cases name and this machine knows. */
  readonly fork?: string | undefined;
  /** True for the cases to take; undefined = all. `index` counts the cases of one pack file from 0. */
  readonly select?: ((index: number) => boolean) | undefined;
  /** Threads that share the cases, where a suite can; default: this one alone. */
  readonly workers?: number | undefined;
  /** Told, while a suite runs, how many cases ended since the last time: those that did not fail, and those that did. */
  readonly onCases?: ((ended: number, failed: number) => void) | undefined;
  /** Told of each case that cannot be run here, and why. */
  readonly onSkip?: ((name: string, why: string) => void) | undefined;
}

/** Counts cases; `report` gives what it counted. */
export class Tally {
  #passed = 0;
  #skipped = 0;
  readonly #failures: CaseFailure[] = [];
  readonly #options: ConformOptions;

  constructor(options: ConformOptions) {
    this.#options = options;
  }

  /** Counts one case; `why` undefined = passed. */
  count(name: string, why: string | undefined): void {
    if (why === undefined) this.#passed += 1;
    else this.#failures.push({ name, why });
  }

  skip(name: string, why: string): void {
    this.#skipped += 1;
    this.#options.onSkip?.(name, why);
  }

  report(): ConformReport {
    const failures = this.#failures;
    return { passed: this.#passed, failed: failures.length, skipped: this.#skipped, failures };
  }
}

/** The sum of reports. */
export function sumReports(reports: readonly ConformReport[]): ConformReport {
  return {
    passed: reports.reduce((sum, report) => sum + report.passed, 0),
    failed: reports.reduce((sum, report) => sum + report.failed, 0),
    skipped: reports.reduce((sum, report) => sum + report.skipped, 0),
    failures: reports.flatMap((report) => report.failures),
  };
}
