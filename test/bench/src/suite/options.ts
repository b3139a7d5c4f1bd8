import type { Effort } from "../measure.ts";

export interface SuiteOptions {
  /** A folder of more workloads, in the format of the standard ones. */
  readonly cases: string | undefined;
  readonly effort: Effort;
  /** Told what is going on. */
  readonly note: (line: string) => void;
}
