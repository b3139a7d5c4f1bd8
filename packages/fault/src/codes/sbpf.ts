import type { FaultRow } from "./row.ts";

/** Faults of `frontend-sbpf`. */
export const SBPF_FAULTS = [
  [3001, "MALFORMED_ELF", "the ELF structure is broken"],
  [3002, "UNSUPPORTED_SBPF_VERSION", "the program is of an sBPF version that is not supported"],
  [3003, "MALFORMED_SBPF_ASM", "the assembler does not understand the line"],
] as const satisfies readonly FaultRow[];
