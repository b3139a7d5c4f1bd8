import type { SeededRandom } from "./seeded-random.ts";

/** What goes wrong in one world, and how often. Every seed has its own mixture: some faults show only where others are absent. */
export interface Swarm {
  readonly relayers: number;
  /** Packets that users send. */
  readonly packets: number;
  /** For each effect of a relayer: that it dies before or after it. */
  readonly crash: number;
  /** For each block time: that power fails for all relayers and their database. */
  readonly powerLoss: number;
  /** For each call to a node. */
  readonly unreachable: number;
  readonly lag: number;
  readonly lagMax: number;
  /** For each submission: that it is lost on its way. */
  readonly lost: number;
  /** For each block: that it reorganises the chain; that an undone transaction comes back. */
  readonly reorg: number;
  readonly kept: number;
  /** For each transaction that could be in a block: that it is. */
  readonly taken: number;
  /** For each block: that an old submission arrives once more; that somebody else delivers a packet; that the price becomes unusable. */
  readonly again: number;
  readonly foreign: number;
  readonly blur: number;
  /** For each block time: that the attesters' failures change. */
  readonly attesterFault: number;
  /** How far clocks of relayers and chains are off, at most. Milliseconds. */
  readonly skewMs: number;
}

export function drawSwarm(random: SeededRandom): Swarm {
  const rate = (max: number): number => (random.chance(0.4) ? 0 : random.next() * max);
  return {
    relayers: random.chance(0.35) ? 2 : 1,
    packets: random.between(2, 7),
    crash: rate(0.02),
    powerLoss: rate(0.03),
    unreachable: rate(0.08),
    lag: rate(0.4),
    lagMax: random.between(1, 6),
    lost: rate(0.4),
    reorg: rate(0.25),
    kept: random.next(),
    taken: 0.5 + random.next() / 2,
    again: rate(0.3),
    foreign: rate(0.08),
    blur: rate(0.05),
    attesterFault: rate(0.3),
    skewMs: random.below(8000),
  };
}

/** The faults that guards are against happen for certain: a world in which one was taken away. */
export const stormy = (swarm: Swarm): Swarm => ({
  ...swarm,
  relayers: 2,
  crash: 0.02,
  powerLoss: 0.03,
  reorg: 0.2,
  kept: 0.5,
});

/** Nothing goes wrong any more; what was begun must come to its end. */
export const calm = (swarm: Swarm): Swarm => ({
  ...swarm,
  crash: 0,
  powerLoss: 0,
  unreachable: 0,
  lag: 0,
  lost: 0,
  reorg: 0,
  taken: 1,
  again: 0,
  foreign: 0,
  blur: 0,
  attesterFault: 0,
});

/** One relayer carries one packet, and nothing goes wrong. */
export const QUIET: Swarm = {
  relayers: 1,
  packets: 1,
  crash: 0,
  powerLoss: 0,
  unreachable: 0,
  lag: 0,
  lagMax: 1,
  lost: 0,
  reorg: 0,
  kept: 1,
  taken: 1,
  again: 0,
  foreign: 0,
  blur: 0,
  attesterFault: 0,
  skewMs: 0,
};
