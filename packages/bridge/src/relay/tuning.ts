/** Numbers that an operator may change. */
export interface Tuning {
  /** Wait between two passes over a chain. */
  readonly pollMs: number;
  /** For how long a relayer that died keeps others from its work. */
  readonly leaseMs: number;
  /** Final blocks that one pass takes over at most. */
  readonly blocksPerPass: number;
  /** Block at which a chain that is new to the outbox is begun. */
  readonly startHeight: number;
  /** Transactions of one lane that may be on their way at once. */
  readonly inFlightMax: number;
  /** Refusals after which a transfer waits for an operator, or for its timeout. */
  readonly attemptsMax: number;
  readonly backoffBaseMs: number;
  readonly backoffMaxMs: number;
  /** How long attesters may take. */
  readonly patienceMs: number;
}

export const DEFAULT_TUNING: Tuning = {
  pollMs: 500,
  leaseMs: 10_000,
  blocksPerPass: 256,
  startHeight: 0,
  inFlightMax: 16,
  attemptsMax: 20,
  backoffBaseMs: 1000,
  backoffMaxMs: 300_000,
  patienceMs: 5000,
};

/**
 * Next wait after a wait of `lastMs` (0 = none): decorrelated jitter, uniform between the base and three times the last one, at most the maximum.
 * `random` is in [0, 1).
 */
export function nextDelay(
  { backoffBaseMs, backoffMaxMs }: Tuning,
  lastMs: number,
  random: number,
): number {
  const ceiling = Math.max(lastMs, backoffBaseMs) * 3;
  const delay = backoffBaseMs + random * (ceiling - backoffBaseMs);
  return Math.min(backoffMaxMs, Math.floor(delay));
}
