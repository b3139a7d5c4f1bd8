import type { Fate } from "./scheduler.ts";
import { QUIET } from "./swarm.ts";
import { World } from "./world.ts";

/** What the deaths at every effect of a relayer showed. */
export interface CrashReport {
  /** How the undisturbed packet ends. */
  readonly end: "received" | "refunded";
  /** Effects of the relayer while it carries the packet; it dies before and after each. */
  readonly effects: number;
  readonly worlds: number;
  readonly violations: readonly string[];
}

const CHAOS_MS = 12_000;
const DEATHS: readonly Fate[] = ["crash-before", "crash-after"];

async function live(
  seed: number,
  fates: ReadonlyMap<number, Fate>,
): Promise<{ readonly effects: number; readonly isReceived: boolean; readonly why?: string }> {
  const world = new World({ seed, swarm: QUIET, chaosMs: CHAOS_MS, fates });
  const { why, counts } = await world.run();
  const { effects } = world;
  return { effects, isReceived: counts.received > 0, ...(why === undefined ? {} : { why }) };
}

/**
 * One packet in a quiet world, and a relayer that dies at its effects: before and after each one, and then, `pairs` times, at a second one after
 * that, chosen evenly over all pairs. `step`: only every so many effects.
 */
export async function crashEverywhere(
  seed: number,
  { pairs, step = 1 }: { readonly pairs: number; readonly step?: number },
): Promise<CrashReport> {
  const { effects, isReceived, why } = await live(seed, new Map());
  const violations: string[] = why === undefined ? [] : [`undisturbed: ${why}`];
  let worlds = 1;
  const lives = async (fates: ReadonlyMap<number, Fate>): Promise<void> => {
    worlds += 1;
    const life = await live(seed, fates);
    const name = [...fates].map(([at, fate]) => `${fate} ${at}`).join(", ");
    if (life.why !== undefined) violations.push(`${name}: ${life.why}`);
  };
  for (let at = 0; at < effects; at += step) {
    for (const death of DEATHS) await lives(new Map([[at, death]]));
  }
  for (let i = 0; i < pairs; i++) {
    // Steps of two primes go evenly through both places and all four pairs of deaths.
    const [first, second] = [(i * 7919) % effects, (i * 104_729) % effects];
    const later = first + 1 + second;
    const death = (bit: number): Fate => DEATHS[(i >> bit) & 1]!;
    await lives(
      new Map([
        [first, death(0)],
        [later, death(1)],
      ]),
    );
  }
  return { end: isReceived ? "received" : "refunded", effects, worlds, violations };
}
