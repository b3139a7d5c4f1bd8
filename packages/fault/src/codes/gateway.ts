import type { FaultRow } from "./row.ts";

/** Faults of `gateway` and `schema`. */
export const GATEWAY_FAULTS = [
  [6001, "INVALID_ARGUMENT", "an argument has the wrong form"],
  [6002, "REQUEST_SIZE_EXCEEDED", "the request is larger than the server accepts"],
] as const satisfies readonly FaultRow[];
