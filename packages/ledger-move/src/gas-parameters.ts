/**
 * Limits and prices of transactions, as Aptos's gas schedule names them (aptos-core `aptos-gas-schedule/src/gas_schedule/transaction.rs`). Execution itself
 * is metered by the schedule of frontend-move, in internal units of the same scale.
 */
export const GAS_PARAMETERS = {
  /** Internal units in one gas unit. */
  SCALING: 1_000_000n,
  /** Octas per gas unit. */
  PRICE_MIN: 100n,
  PRICE_MAX: 10_000_000_000n,
  /** Gas units. */
  MAX_GAS_UNITS: 2_000_000n,
  /** Internal units of every transaction, and of each byte over the cutoff. */
  INTRINSIC: 2_760_000n,
  INTRINSIC_BYTE: 1_158n,
  CUTOFF_BYTES: 600,
  TRANSACTION_BYTES_MAX: 64 * 1024,
  /** Internal units that the execution of one transaction or view may use, whatever its sender pays. */
  EXECUTION_MAX: 2_000_000_000n,
  /** Octas of a cell that is new, and of each byte by which a cell grows (`storage_fee_per_state_slot`, `storage_fee_per_state_byte`). */
  STORAGE_SLOT_FEE: 40_000n,
  STORAGE_BYTE_FEE: 40n,
  /** Octas of storage that one transaction may pay for. */
  STORAGE_FEE_MAX: 200_000_000n,
} as const;

/** Internal units that a transaction of so many bytes costs before it runs. */
export function intrinsicGas(size: number): bigint {
  const over = Math.max(0, size - GAS_PARAMETERS.CUTOFF_BYTES);
  return GAS_PARAMETERS.INTRINSIC + GAS_PARAMETERS.INTRINSIC_BYTE * BigInt(over);
}

/** Started gas units. */
export const gasUnits = (internal: bigint): bigint =>
  (internal + GAS_PARAMETERS.SCALING - 1n) / GAS_PARAMETERS.SCALING;
