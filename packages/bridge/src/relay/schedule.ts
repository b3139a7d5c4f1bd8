import type { OutboxWrite } from "../outbox/outbox.ts";
import type { Transfer } from "../transfer.ts";
import { nextDelay, type Tuning } from "./tuning.ts";

type Schedule = Extract<OutboxWrite, { readonly kind: "schedule" }>;

/** Time and chance of a decision. */
export interface Moment {
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
}

/** The market or the node refused: waits longer each time, and dies after `attemptsMax` times. */
export function afterRefusal(
  transfer: Transfer,
  reason: string,
  { now, random }: Moment,
  tuning: Tuning,
): Schedule {
  const attempt = transfer.attempt + 1;
  const delayMs = nextDelay(tuning, transfer.delayMs, random);
  const hold = attempt >= tuning.attemptsMax ? "dead" : "none";
  return { ...same(transfer), hold, attempt, delayMs, nextAttemptAt: now + delayMs, reason };
}

/** Something did not answer: waits longer each time, but never dies of it. */
export function afterSilence(
  transfer: Transfer,
  reason: string,
  { now, random }: Moment,
  tuning: Tuning,
): Schedule {
  const delayMs = nextDelay(tuning, transfer.delayMs, random);
  return { ...same(transfer), delayMs, nextAttemptAt: now + delayMs, reason };
}

/** What stood in the way is over: due at once. */
export const againNow = (transfer: Transfer, reason: string, now: number): Schedule => ({
  ...same(transfer),
  nextAttemptAt: now,
  reason,
});

/** The destination is final beyond the timeout without having received it: from now on it is refunded. Who skipped it still skips it. */
export const turnedBack = (transfer: Transfer, reason: string, now: number): Schedule => ({
  ...same(transfer),
  phase: "refund",
  hold: transfer.hold === "skipped" ? "skipped" : "none",
  attempt: 0,
  delayMs: 0,
  nextAttemptAt: now,
  reason,
});

function same(transfer: Transfer): Schedule {
  const { source, sequence, phase, hold, attempt, delayMs, nextAttemptAt, reason } = transfer;
  const key = { source, sequence };
  const change = { phase, hold, attempt, delayMs, nextAttemptAt, reason };
  return { kind: "schedule", key, from: { phase, hold }, ...change };
}
