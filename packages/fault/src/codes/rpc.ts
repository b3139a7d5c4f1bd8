import type { FaultRow } from "./row.ts";

/** Faults of `rpc-*`. */
export const RPC_FAULTS = [
  [13001, "MALFORMED_REQUEST", "the request is not of the protocol's form"],
] as const satisfies readonly FaultRow[];
