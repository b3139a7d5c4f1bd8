/** Outcomes that only the EVM has: 0x300-0x3ff, all exceptional halts. */
export const EVM_OUTCOME = {
  INVALID_OPCODE: 0x300,
  INVALID_JUMP: 0x301,
  STATIC_VIOLATION: 0x302,
  RETURN_DATA_OUT_OF_BOUNDS: 0x303,
  CODE_SIZE_EXCEEDED: 0x304,
  INVALID_CODE_PREFIX: 0x305,
  CREATE_COLLISION: 0x306,
  INITCODE_SIZE_EXCEEDED: 0x307,
  PRECOMPILE_FAILURE: 0x308,
  NONCE_OVERFLOW: 0x309,
} as const;

/** Name of each outcome of {@link EVM_OUTCOME}. */
export const EVM_OUTCOME_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(EVM_OUTCOME).map(([name, code]) => [code, name]),
);
