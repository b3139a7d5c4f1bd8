import type { Mutation } from "./mutation.ts";
import { World } from "./world.ts";
import { COUNTS, NOTHING } from "./world-counts.ts";

export interface SimulationOptions {
  readonly from: number;
  readonly seeds: number;
  /** A guard to take away. */
  readonly mutation?: Mutation;
  /** Ends with the first violation. */
  readonly isFirstEnough?: boolean;
  /** Hears of each seed that is through. */
  readonly onSeed?: (done: number) => void;
}

/** What many worlds showed. */
export interface SimulationReport {
  /** Worlds that were lived. */
  readonly schedules: number;
  /** Packets that were sent in them, and how they ended. */
  readonly transfers: number;
  readonly received: number;
  readonly refunded: number;
  /** Deaths of relayers, losses of power, reorganisations. */
  readonly crashes: number;
  readonly powerLosses: number;
  readonly reorganisations: number;
  readonly violations: readonly { readonly seed: number; readonly why: string }[];
}

/** Of so many seeds, one signs with real keys. */
const REAL_EVERY = 100;

/** Lives the worlds of consecutive seeds. */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const { from, seeds, mutation, isFirstEnough = false, onSeed } = options;
  const total = { ...NOTHING };
  const violations: { seed: number; why: string }[] = [];
  let schedules = 0;
  for (let seed = from; seed < from + seeds; seed++) {
    const isReal = seed % REAL_EVERY === 0;
    const world = new World({ seed, isReal, ...(mutation === undefined ? {} : { mutation }) });
    const { why, counts } = await world.run();
    schedules += 1;
    for (const name of COUNTS) total[name] += counts[name];
    if (why !== undefined) violations.push({ seed, why });
    onSeed?.(schedules);
    if (isFirstEnough && violations.length > 0) break;
  }
  return { schedules, ...total, violations };
}
