import {
  INSTRUCTION_ERRORS,
  type InstructionErrorName,
  instructionErrorCode,
  type SvmFailure,
} from "@dragoman/frontend-sbpf";

/** Why a transaction was refused or failed, in the form of Solana's JSON (anza-xyz/solana-sdk `transaction-error/src/lib.rs`). */
export type TransactionError =
  | keyof typeof SENTENCES
  | { readonly InstructionError: readonly [number, InstructionErrorName | { Custom: number }] }
  | { readonly InsufficientFundsForRent: { readonly account_index: number } }
  | { readonly DuplicateInstruction: number };

const SENTENCES = {
  SanitizeFailure: "Transaction failed to sanitize accounts offsets correctly",
  TooManyAccountLocks: "Transaction locked too many accounts",
  AddressLookupTableNotFound: "Transaction loads an address table account that doesn't exist",
  InvalidAddressLookupTableOwner:
    "Transaction loads an address table account with an invalid owner",
  InvalidAddressLookupTableData: "Transaction loads an address table account with invalid data",
  InvalidAddressLookupTableIndex: "Transaction address table lookup uses an invalid index",
  UnbalancedTransaction: "Sum of account balances before and after transaction do not match",
  AccountNotFound: "Attempt to debit an account but found no record of a prior credit.",
  ProgramAccountNotFound: "Attempt to load a program that does not exist",
  InsufficientFundsForFee: "Insufficient funds for fee",
  InvalidAccountForFee: "This account may not be used to pay transaction fees",
  AccountLoadedTwice: "Account loaded twice",
  AlreadyProcessed: "This transaction has already been processed",
  BlockhashNotFound: "Blockhash not found",
  SignatureFailure: "Transaction did not pass signature verification",
  InvalidProgramForExecution: "This program may not be used for executing instructions",
  MaxLoadedAccountsDataSizeExceeded: "Transaction exceeded max loaded accounts data size cap",
  InvalidLoadedAccountsDataSizeLimit:
    "LoadedAccountsDataSizeLimit set for transaction must be greater than 0.",
} as const;

/** The sentence that nodes and logs show for an error. */
export function describeError(error: TransactionError): string {
  if (typeof error === "string") return SENTENCES[error];
  if ("InsufficientFundsForRent" in error) {
    const { account_index: index } = error.InsufficientFundsForRent;
    return `Transaction results in an account (${index}) with insufficient funds for rent`;
  }
  if ("DuplicateInstruction" in error) {
    return `Transaction contains a duplicate instruction (${error.DuplicateInstruction}) that is not allowed`;
  }
  const [index, reason] = error.InstructionError;
  const text =
    typeof reason === "string"
      ? INSTRUCTION_ERRORS[instructionErrorCode(reason)]![1]
      : `custom program error: 0x${reason.Custom.toString(16)}`;
  return `Error processing Instruction ${index}: ${text}`;
}

/** Error of the instruction at `index`. */
export function instructionError(index: number, { error, custom }: SvmFailure): TransactionError {
  return { InstructionError: [index, error === "Custom" ? { Custom: custom ?? 0 } : error] };
}
