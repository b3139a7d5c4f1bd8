/** Counts by name, highest first, none zero. */
export interface Counts {
  readonly total: number;
  readonly byName: readonly (readonly [name: string, count: number])[];
}

export function countsOf(entries: Iterable<readonly [string, number]>): Counts {
  const byName = [...entries].filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
  return { total: byName.reduce((sum, [, count]) => sum + count, 0), byName };
}
