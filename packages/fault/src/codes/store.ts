import type { FaultRow } from "./row.ts";

/** Faults of `store`. */
export const STORE_FAULTS = [
  [12001, "INVALID_DATABASE", "the database cannot be used"],
] as const satisfies readonly FaultRow[];
