import type { Loaded } from "./contender.ts";

/** How long a row may take. All times in milliseconds, for each contender. */
export interface Effort {
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Turns that the contenders take; each turn is a slice of `measureMs`. */
  readonly rounds: number;
}

export const FULL_EFFORT: Effort = { warmUpMs: 600, measureMs: 800, rounds: 8 };
export const QUICK_EFFORT: Effort = { warmUpMs: 20, measureMs: 20, rounds: 2 };

const now = (): number => performance.now();

/**
 * Minimum time of each contender on one workload, in milliseconds. All are warmed up first, then they take turns, so
 * that a noisy moment of the machine meets all of them.
 */
export async function measure(
  contenders: readonly Loaded<unknown>[],
  effort: Effort,
): Promise<number[]> {
  for (const contender of contenders) await repeat(contender, effort.warmUpMs);
  const entries = contenders.map((contender) => ({ contender, best: Infinity, spentMs: 0 }));
  for (let round = 0; round < effort.rounds; round++) {
    for (const entry of entries) {
      // Whoever is slow has used its time up in fewer turns; everybody gets two.
      if (round > 1 && entry.spentMs >= effort.measureMs) continue;
      const begin = now();
      const ms = await repeat(entry.contender, effort.measureMs / effort.rounds);
      entry.spentMs += now() - begin;
      entry.best = Math.min(entry.best, ms);
    }
  }
  return entries.map((entry) => entry.best);
}

async function repeat(contender: Loaded<unknown>, budgetMs: number): Promise<number> {
  const end = now() + budgetMs;
  let best = Infinity;
  do {
    const taken = contender.once();
    best = Math.min(best, typeof taken === "number" ? taken : await taken);
  } while (now() < end);
  return best;
}
