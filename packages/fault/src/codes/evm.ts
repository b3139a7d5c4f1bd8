import type { FaultRow } from "./row.ts";

/** Faults of `frontend-evm`. */
export const EVM_FAULTS = [
  [2001, "EVM_CODE_SIZE_EXCEEDED", "bytecode is longer than a contract can be"],
  [2002, "MALFORMED_EVM_ASM", "the assembler does not understand the line"],
  [2003, "UNSUPPORTED_TRACER", "no tracer has the name"],
  [2004, "INVALID_TRACER_CONFIG", "an option of a tracer has the wrong form"],
  [2005, "TRACE_SIZE_EXCEEDED", "the list of a run's instructions is longer than a string can be"],
] as const satisfies readonly FaultRow[];
