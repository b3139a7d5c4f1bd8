/** Traps of sBPF beside those of the core: faults of the machine, which use up all units. */
export const SBPF_TRAP = {
  UNSUPPORTED_INSTRUCTION: 0x400,
  CALL_OUTSIDE_TEXT: 0x401,
  EXECUTION_OVERRUN: 0x402,
} as const;

/** Ends that undo the journal and give unused units back. */
export const SVM_OUTCOME = {
  /** The program returned an error code. */
  PROGRAM_ERROR: 0x140,
  /** A syscall failed. */
  SYSCALL_ERROR: 0x141,
  /** What the program left in its accounts breaks a rule. */
  ACCOUNT_ERROR: 0x142,
} as const;
