import { row } from "../scale/compounds.ts";
import { compact, U64 } from "../scale/numbers.ts";
import { constant, type Pallet, valueOr } from "./pallet.ts";

export const TIMESTAMP = {
  name: "Timestamp",
  index: 3,
  calls: {
    set: row(0, { now: compact(U64) }, "Set the current time, milliseconds since 1970-01-01."),
  },
  events: {},
  errors: {},
  storage: {
    Now: valueOr(U64, 0n, "Time of the block, milliseconds since 1970-01-01."),
  },
  constants: {
    MinimumPeriod: constant(U64, 0n, "The minimum period between blocks, milliseconds."),
  },
} as const satisfies Pallet;
