/** One line of a benchmark: ours and one peer on the same work. JSON contract of `dragoman bench --json`. */
export interface BenchRow {
  readonly suite: string;
  readonly name: string;
  /** Our figure, in `unit`; null when ours did not run. */
  readonly ours: number | null;
  /** The peer's figure; null when it is absent or does not do this. */
  readonly peer: number | null;
  readonly peerName: string;
  readonly unit: string;
  /** How many times faster ours is; null without both figures. */
  readonly ratio: number | null;
  /** Ours once more, measured in the same rounds with something switched off; absent where there is nothing to switch off. */
  readonly without?: Without;
  /** Both gave the right answer (result, gas or units); an absent peer leaves it to ours. */
  readonly ok: boolean;
  /** Why `ok` is false, or why the peer has no figure. */
  readonly note?: string;
}

export interface Without {
  /** What is switched off: "remembered digests". */
  readonly what: string;
  readonly ours: number | null;
  readonly ratio: number | null;
}

/** A row with its ratio computed; times below a nanosecond are the clock's noise and give no ratio. */
export function benchRow(row: Omit<BenchRow, "ratio" | "note">, note?: string): BenchRow {
  const ratio = ratioOf(row.ours, row.peer);
  return note === undefined ? { ...row, ratio } : { ...row, ratio, note };
}

/** How many times `ours` goes into `peer`; null where one is missing or a clock's noise. */
export function ratioOf(ours: number | null, peer: number | null): number | null {
  const measurable = ours !== null && peer !== null && ours > 1e-6 && peer > 1e-6;
  return measurable ? peer / ours : null;
}

/** Geometric mean of the ratios of `rows`; null when none has one. */
export function geometricMean(rows: readonly { readonly ratio: number | null }[]): number | null {
  const ratios = rows.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]));
  if (ratios.length === 0) return null;
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}
