import type { FaultRow } from "./row.ts";

/** Faults of `frontend-move`. */
export const MOVE_FAULTS = [
  [4001, "MALFORMED_MODULE", "the module's binary form is broken"],
  [4002, "UNSUPPORTED_MOVE_VERSION", "the module is of a bytecode version that is not supported"],
  [4003, "MALFORMED_MOVE_ASM", "the assembler does not understand the line"],
  [4004, "INVALID_MODULE", "the module breaks a rule of the bytecode verifier"],
] as const satisfies readonly FaultRow[];
