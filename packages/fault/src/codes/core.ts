import type { FaultRow } from "./row.ts";

/** Faults of `core`. */
export const CORE_FAULTS = [
  [8001, "MALFORMED_IR", "the text form of the IR cannot be parsed"],
  [8002, "INVALID_IR", "the IR breaks a rule of its verifier"],
] as const satisfies readonly FaultRow[];
