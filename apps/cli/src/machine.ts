import { MemoryState, type Observer } from "@dragoman/core";
import { createMachine, type Machine } from "@dragoman/vm";

export type Tier = "interpret" | "compile" | "auto";
export const TIERS = ["interpret", "compile", "auto"] as const;

/** A machine on an empty state. */
export function emptyMachine(tier: Tier, observer?: Observer): Machine {
  return createMachine({
    state: new MemoryState(),
    tier,
    ...(observer === undefined ? {} : { observer }),
  });
}
