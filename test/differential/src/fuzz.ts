/** What every fuzzer takes. The same seed makes the same case, on any machine. */
export interface FuzzOptions {
  readonly count: number;
  readonly seed: number;
  readonly onProgress?: (cases: number) => void;
}

/** The JSON contract of `npm run fuzz -- --json`. */
export interface FuzzReport {
  readonly cases: number;
  readonly mismatches: readonly { readonly seed: number; readonly why: string }[];
  /** What the cases could not be made with, because it is not installed. */
  readonly absent?: readonly string[];
}
