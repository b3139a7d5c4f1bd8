import type { FaultRow } from "./row.ts";

/** Faults of `quant, protocol, index`. */
export const MARKET_FAULTS = [
  [10001, "INVALID_MARKET_INPUT", "the market's input is out of range"],
] as const satisfies readonly FaultRow[];
