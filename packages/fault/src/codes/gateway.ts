import type { FaultRow } from "./row.ts";

/** Faults of `gateway` and `schema`. */
export const GATEWAY_FAULTS = [
  [6001, "INVALID_ARGUMENT", "an argument has the wrong form"],
  [6002, "REQUEST_SIZE_EXCEEDED", "the request is larger than the server accepts"],
  [6003, "QUERY_SIZE_EXCEEDED", "the query is deeper, longer or costlier than the server accepts"],
  [6004, "PROGRAM_COUNT_EXCEEDED", "the server holds as many programs as it may"],
  [6005, "GAS_EXCEEDED", "the steps of a simulation use more gas together than they may"],
  [6006, "INVALID_CHAIN_REQUEST", "the chain refuses"],
  [6007, "INVALID_CHAIN_CONNECTION", "the chain does not answer"],
] as const satisfies readonly FaultRow[];
