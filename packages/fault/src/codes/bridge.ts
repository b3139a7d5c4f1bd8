import type { FaultRow } from "./row.ts";

/** Faults of `bridge, chain`. */
export const BRIDGE_FAULTS = [
  [11001, "MALFORMED_PACKET", "the packet's bytes do not decode"],
  [11002, "UNSUPPORTED_CHAIN", "no adapter knows the chain"],
  [11003, "MALFORMED_ADDRESS", "the text is no address of the chain"],
] as const satisfies readonly FaultRow[];
