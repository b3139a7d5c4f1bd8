import type { FaultName } from "@dragoman/fault";

/** Why a transaction cannot come into a block, with the words of `sp_runtime::transaction_validity` and the fault that says it. */
export const VALIDITY_ERRORS = {
  Call: ["Transaction call is not expected", "INVALID_TRANSACTION"],
  Payment: ["Inability to pay some fees (e.g. account balance too low)", "BALANCE_EXCEEDED"],
  Future: ["Transaction will be valid in the future", "NONCE_MISMATCH"],
  Stale: ["Transaction is outdated", "NONCE_MISMATCH"],
  BadProof: ["Transaction has a bad signature", "INVALID_SIGNATURE"],
  AncientBirthBlock: ["Transaction has an ancient birth block", "INVALID_TRANSACTION"],
  ExhaustsResources: ["Transaction would exhaust the block limits", "INVALID_TRANSACTION"],
  BadSigner: ["Invalid signing address", "INVALID_SIGNATURE"],
  MandatoryValidation: [
    "Transaction dispatch is mandatory; transactions must not be validated.",
    "INVALID_TRANSACTION",
  ],
  CannotLookup: [
    "Could not lookup information required to validate the transaction",
    "INVALID_TRANSACTION",
  ],
} as const satisfies Readonly<Record<string, readonly [string, FaultName]>>;

export type ValidityError = keyof typeof VALIDITY_ERRORS;
