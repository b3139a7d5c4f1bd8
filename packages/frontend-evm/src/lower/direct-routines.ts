import type { IrFunction } from "@dragoman/core";
import type { Schedule } from "../schedule/schedule.ts";
import { callRoutine } from "./call-routines.ts";
import { ROUTINES } from "./routines.ts";
import { logRoutine, sload, sstore, tload, tstore } from "./storage-routines.ts";

/**
 * Storage, logs and calls without JavaScript: functions that optimistic modules carry behind {@link ROUTINES}. What they do not
 * find, what is cold and what needs an exact fault is the host's.
 */
export const DIRECT_ROUTINE = {
  SLOAD: ROUTINES.length + 1,
  SSTORE: ROUTINES.length + 2,
  TLOAD: ROUTINES.length + 3,
  TSTORE: ROUTINES.length + 4,
  CALL: ROUTINES.length + 5,
  DELEGATECALL: ROUTINES.length + 6,
  STATICCALL: ROUTINES.length + 7,
  /** LOG0; those with topics follow. */
  LOG: ROUTINES.length + 8,
} as const;

/** How many they are. */
export const DIRECT_ROUTINE_COUNT = 12;

const routines = new WeakMap<Schedule, readonly IrFunction[]>();

/** The functions of {@link DIRECT_ROUTINE} with a fork's prices. They use no word constants. */
export function directRoutines(schedule: Schedule): readonly IrFunction[] {
  let known = routines.get(schedule);
  if (known === undefined) {
    const { rules } = schedule;
    known = [
      sload(rules),
      sstore(rules),
      tload(),
      tstore(),
      callRoutine("call", rules),
      callRoutine("delegatecall", rules),
      callRoutine("staticcall", rules),
      ...[0, 1, 2, 3, 4].map(logRoutine),
    ];
    routines.set(schedule, known);
  }
  return known;
}
