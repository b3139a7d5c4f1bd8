import type { FaultRow } from "./row.ts";

/** Faults of `cli`. */
export const CLI_FAULTS = [
  [7001, "INVALID_COMMAND", "the command line is not one that this program understands"],
  [7002, "UNSUPPORTED_FILE", "the file cannot be read or has no known form"],
  [
    7003,
    "MALFORMED_CASE",
    "a workload or conformance case lacks a field or has one of another form",
  ],
] as const satisfies readonly FaultRow[];
