import type { FaultRow } from "./row.ts";

/** Faults of `vm`. */
export const VM_FAULTS = [
  [5001, "UNSUPPORTED_PROGRAM", "no frontend recognises the program"],
  [5002, "UNSUPPORTED_PORTAL_VERSION", "the payload's version is unknown"],
  [5003, "INVALID_PORTAL_MACHINE", "the payload names no machine"],
  [5004, "INVALID_PORTAL_FLAGS", "the payload's account flags are out of range"],
  [5005, "INVALID_MESSAGE", "the message lacks or contradicts something its machine needs"],
  [5006, "INVALID_CALL_ARGUMENT", "an argument does not fit the type of its parameter"],
  [5007, "UNSUPPORTED_MACHINE", "no such virtual machine"],
  [5008, "INVALID_PROGRAM_ID", "no program has this identifier"],
] as const satisfies readonly FaultRow[];
