import type { FaultRow } from "./row.ts";

/** Faults of `vm`. */
export const VM_FAULTS = [
  [5001, "UNSUPPORTED_PROGRAM", "no frontend recognises the program"],
] as const satisfies readonly FaultRow[];
