/** Compute units, from agave `program-runtime/src/execution_budget.rs`. */
export const COST = {
  SYSCALL_BASE: 100,
  LOG_64: 100,
  LOG_PUBKEY: 100,
  CREATE_PROGRAM_ADDRESS: 1500,
  INVOKE: 946,
  /** Before increaseCpiAccountInfoLimit, which charges for the infos (SIMD-0339). */
  INVOKE_OLD: 1000,
  HASH_BASE: 85,
  HASH_SLICES_MAX: 20_000,
  MEMORY_BASE: 10,
  /** Bytes that one unit pays for where memory is copied. */
  BYTES_PER_UNIT: 250,
  SYSVAR_BASE: 100,
  SECP256K1_RECOVER: 25_000,
} as const;

/** Units for a memory operation on `bytes` bytes. */
export const memoryCost = (bytes: number): number =>
  Math.max(COST.MEMORY_BASE, Math.floor(bytes / COST.BYTES_PER_UNIT));
