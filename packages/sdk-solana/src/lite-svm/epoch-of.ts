import type { EpochSchedule } from "./sysvar-values.ts";

/** Epoch of a slot. The first ones have 32 slots, 64, and so on. */
export function epochOf(slot: bigint, schedule: EpochSchedule): bigint {
  const { firstNormalSlot, firstNormalEpoch, slotsPerEpoch } = schedule;
  if (slot >= firstNormalSlot) return firstNormalEpoch + (slot - firstNormalSlot) / slotsPerEpoch;
  return BigInt((slot / 32n + 1n).toString(2).length - 1);
}
