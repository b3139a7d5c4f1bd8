import type { Mutation } from "./mutation.ts";
import { World } from "./world.ts";

export interface SimulationOptions {
  readonly from: number;
  readonly seeds: number;
  readonly mutation?: Mutation;
  /** Hears of each seed that is through. */
  readonly onSeed?: (done: number) => void;
}

/** What many worlds showed. */
export interface SimulationReport {
  /** Worlds that were lived. */
  readonly schedules: number;
  /** Packets that were sent in them. */
  readonly transfers: number;
  readonly violations: readonly { readonly seed: number; readonly why: string }[];
}

/** Of so many seeds, one signs with real keys. */
const REAL_EVERY = 100;

/** Lives the worlds of consecutive seeds. */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const { from, seeds, mutation, onSeed } = options;
  let transfers = 0;
  const violations: { seed: number; why: string }[] = [];
  for (let seed = from; seed < from + seeds; seed++) {
    const isReal = seed % REAL_EVERY === 0;
    const world = new World({ seed, isReal, ...(mutation === undefined ? {} : { mutation }) });
    const result = await world.run();
    transfers += result.transfers;
    if (result.why !== undefined) violations.push({ seed, why: result.why });
    onSeed?.(seed - from + 1);
  }
  return { schedules: seeds, transfers, violations };
}
