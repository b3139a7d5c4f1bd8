import { MemoryState, type Observer, type StateReader } from "@dragoman/core";
import { createMachine, type Machine } from "@dragoman/vm";

export type Tier = "interpret" | "compile" | "auto";
export const TIERS = ["interpret", "compile", "auto"] as const;

/** A machine on a state; default: an empty one. */
export function machineOn(
  state: StateReader = new MemoryState(),
  tier: Tier = "interpret",
  observer?: Observer,
): Machine {
  return createMachine({ state, tier, ...(observer === undefined ? {} : { observer }) });
}
