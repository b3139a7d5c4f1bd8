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
 * Time of each contender on one workload, in milliseconds: the least; behind an entrance, which wavers, the first decile of its executions less the
 * first decile of its entrances. All are warmed up first, then they take turns, so that a noisy moment of the machine meets all of them, and
 * executions and entrances alike. Whoever needs longer than the budget for a run is not warmed up and has two runs in all.
 */
export async function measure(runners: readonly Runner[], effort: Effort): Promise<number[]> {
  const slow = new Map<Runner, number>();
  for (const runner of runners) {
    const ms = await slowRun(runner, effort.measureMs);
    if (ms !== undefined) slow.set(runner, ms);
  }
  for (const runner of runners) {
    const { once, entrance } = runner.loaded;
    if (!slow.has(runner)) await repeat(once, effort.warmUpMs, []);
    if (entrance !== undefined) await repeat(entrance, effort.warmUpMs / ENTRANCE_SHARE, []);
  }
  const entries = runners.map((runner) => {
    const first = slow.get(runner);
    return { runner, times: first === undefined ? [] : [first], entrances: [] as number[] };
  });
  for (let round = 0; round < effort.rounds; round++) {
    for (const { runner, times, entrances } of entries) {
      if (round >= SLOW_ROUNDS && slow.has(runner)) continue;
      const budget = slow.has(runner) ? 0 : effort.measureMs / effort.rounds;
      const { once, entrance } = runner.loaded;
      await repeat(once, budget, times);
      if (entrance === undefined) continue;
      await repeat(entrance, effort.measureMs / effort.rounds / ENTRANCE_SHARE, entrances);
    }
  }
  return entries.map(({ times, entrances }) =>
    entrances.length === 0
      ? times.reduce((a, b) => Math.min(a, b))
      : decile(times) - decile(entrances),
  );
}

/** The first decile. */
function decile(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 10)]!;
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

/** Runs for a while, at least once; appends the times. */
async function repeat(
  run: () => Promise<number> | number,
  budgetMs: number,
  times: number[],
): Promise<void> {
  const end = now() + budgetMs;
  do {
    const taken = run();
    times.push(typeof taken === "number" ? taken : await taken);
  } while (now() < end);
}
