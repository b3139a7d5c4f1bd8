/**
 * How a frame ended: a number in ranges, so that a class is one comparison.
 * 0x000-0x0ff ok · 0x100-0x1ff revert (output kept, unused gas returned) · 0x200-0x2ff traps of the core ·
 * 0x300 EVM · 0x400 sBPF · 0x500 Move · 0x600 vm (portal). Frontends export tables for their ranges.
 */
export const OUTCOME = {
  OK: 0x000,
  REVERT: 0x100,
  OUT_OF_GAS: 0x200,
  DIVIDE_BY_ZERO: 0x201,
  INTEGER_OVERFLOW: 0x202,
  ACCESS_VIOLATION: 0x203,
  STACK_UNDERFLOW: 0x204,
  STACK_OVERFLOW: 0x205,
  INVALID_CALL: 0x206,
  CALL_DEPTH: 0x207,
  UNREACHABLE: 0x208,
  OUT_OF_MEMORY: 0x209,
  /** Optimistic code took something to be so that is not: never an ending, the frame is run exactly. */
  WRONG_GUESS: 0x20a,
} as const;

export const isOk = (outcome: number): boolean => outcome < 0x100;
export const isRevert = (outcome: number): boolean => outcome >= 0x100 && outcome < 0x200;
export const isTrap = (outcome: number): boolean => outcome >= 0x200;

/** The first outcome of a frontend's own: traps that no guess and no charge that was made early can have caused. */
export const FRONTEND_TRAPS = 0x300;
