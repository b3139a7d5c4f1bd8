import type { Loaded } from "./contender.ts";

/** How long a row may take. All times in milliseconds, for each contender. */
export interface Effort {
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Turns that the contenders take; each turn is a slice of `measureMs`. */
  readonly rounds: number;
}

export const FULL_EFFORT: Effort = { warmUpMs: 600, measureMs: 800, rounds: 8 };
export const QUICK_EFFORT: Effort = { warmUpMs: 20, measureMs: 20, rounds: 1 };

const now = (): number => performance.now();

/** A loaded contender, and how long its answer took. */
export interface Runner {
  readonly loaded: Loaded<unknown>;
  readonly answerMs: number;
}

/**
 * Minimum time of each contender on one workload, in milliseconds, without its entrance. All are warmed up first, then they take turns, so
 * that a noisy moment of the machine meets all of them; entrances are measured in the same turns. Whoever needs longer than the budget for a run is not warmed up and
 * has two runs in all.
 */
export async function measure(runners: readonly Runner[], effort: Effort): Promise<number[]> {
  const slow = new Map<Runner, number>();
  for (const runner of runners) {
    const ms = await slowRun(runner, effort.measureMs);
    if (ms !== undefined) slow.set(runner, ms);
  }
  for (const runner of runners) {
    const { once, entrance } = runner.loaded;
    if (!slow.has(runner)) await repeat(once, effort.warmUpMs);
    if (entrance !== undefined) await repeat(entrance, effort.warmUpMs / ENTRANCE_SHARE);
  }
  const entries = runners.map((runner) => {
    return { runner, best: slow.get(runner) ?? Infinity, entrance: Infinity };
  });
  for (let round = 0; round < effort.rounds; round++) {
    for (const entry of entries) {
      if (round >= SLOW_ROUNDS && slow.has(entry.runner)) continue;
      const budget = slow.has(entry.runner) ? 0 : effort.measureMs / effort.rounds;
      const { once, entrance } = entry.runner.loaded;
      entry.best = Math.min(entry.best, await repeat(once, budget));
      if (entrance === undefined) continue;
      const share = effort.measureMs / effort.rounds / ENTRANCE_SHARE;
      entry.entrance = Math.min(entry.entrance, await repeat(entrance, share));
    }
  }
  return entries.map(({ best, entrance }) => (entrance === Infinity ? best : best - entrance));
}

const SLOW_ROUNDS = 1;
/** An entrance is measured for this share of the time that executions get. */
const ENTRANCE_SHARE = 2;

/** Time of a run after the answer if both took too long: a first answer compiles, which says nothing of runs. */
async function slowRun({ loaded, answerMs }: Runner, msMax: number): Promise<number | undefined> {
  if (answerMs <= msMax) return undefined;
  const begin = now();
  const taken = await loaded.once();
  return now() - begin > msMax ? taken : undefined;
}

async function repeat(run: () => Promise<number> | number, budgetMs: number): Promise<number> {
  const end = now() + budgetMs;
  let best = Infinity;
  do {
    const taken = run();
    best = Math.min(best, typeof taken === "number" ? taken : await taken);
  } while (now() < end);
  return best;
}
