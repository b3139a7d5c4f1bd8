import { type FaultContext, type FaultError, refuse } from "@dragoman/fault";

/** Statuses with which Aptos discards a transaction, and their numbers (move-core-types `vm_status.rs`, 0 to 999), each with the fault that carries it. */
const VALIDATION_STATUSES = {
  INVALID_SIGNATURE: [1, "INVALID_SIGNATURE"],
  INVALID_AUTH_KEY: [2, "INVALID_SIGNATURE"],
  SEQUENCE_NUMBER_TOO_OLD: [3, "NONCE_MISMATCH"],
  SEQUENCE_NUMBER_TOO_NEW: [4, "NONCE_MISMATCH"],
  INSUFFICIENT_BALANCE_FOR_TRANSACTION_FEE: [5, "BALANCE_EXCEEDED"],
  TRANSACTION_EXPIRED: [6, "INVALID_TRANSACTION"],
  EXCEEDED_MAX_TRANSACTION_SIZE: [10, "INVALID_TRANSACTION"],
  MAX_GAS_UNITS_EXCEEDS_MAX_GAS_UNITS_BOUND: [13, "INVALID_TRANSACTION"],
  MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS: [14, "INVALID_TRANSACTION"],
  GAS_UNIT_PRICE_BELOW_MIN_BOUND: [15, "INVALID_TRANSACTION"],
  GAS_UNIT_PRICE_ABOVE_MAX_BOUND: [16, "INVALID_TRANSACTION"],
  BAD_CHAIN_ID: [23, "CHAIN_ID_MISMATCH"],
  FEATURE_UNDER_GATING: [26, "INVALID_TRANSACTION"],
  SECONDARY_KEYS_ADDRESSES_COUNT_MISMATCH: [27, "INVALID_TRANSACTION"],
  SIGNERS_CONTAIN_DUPLICATES: [28, "INVALID_TRANSACTION"],
  NONCE_ALREADY_USED: [42, "NONCE_MISMATCH"],
  TRANSACTION_EXPIRATION_TOO_FAR_IN_FUTURE: [43, "INVALID_TRANSACTION"],
  EMPTY_PAYLOAD_PROVIDED: [44, "INVALID_TRANSACTION"],
} as const;

export type ValidationStatus = keyof typeof VALIDATION_STATUSES;

/** Refuses a transaction: the fault's context names Aptos's status. */
export function discard(
  status: ValidationStatus,
  message: string,
  facts: FaultContext = {},
): never {
  refuse(VALIDATION_STATUSES[status][1], undefined, message, { ...facts, status });
}

/** Aptos's status of a refusal and its number; undefined where it has none. */
export function validationStatus({
  fault,
}: FaultError): { readonly status: ValidationStatus; readonly code: number } | undefined {
  const status = fault.context?.status;
  if (typeof status !== "string" || !Object.hasOwn(VALIDATION_STATUSES, status)) return undefined;
  const known = status as ValidationStatus;
  return { status: known, code: VALIDATION_STATUSES[known][0] };
}
