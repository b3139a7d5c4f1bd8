import { INSTRUCTION_ERRORS, type InstructionErrorName } from "@dragoman/frontend-sbpf";
import type { TransactionError } from "@dragoman/ledger-svm";

/** Errors of transactions without more to say, by the numbers that litesvm gives them. */
const FIELDLESS = [
  "AccountInUse",
  "AccountLoadedTwice",
  "AccountNotFound",
  "ProgramAccountNotFound",
  "InsufficientFundsForFee",
  "InvalidAccountForFee",
  "AlreadyProcessed",
  "BlockhashNotFound",
  "CallChainTooDeep",
  "MissingSignatureForFee",
  "InvalidAccountIndex",
  "SignatureFailure",
  "InvalidProgramForExecution",
  "SanitizeFailure",
  "ClusterMaintenance",
  "AccountBorrowOutstanding",
  "WouldExceedMaxBlockCostLimit",
  "UnsupportedVersion",
  "InvalidWritableAccount",
  "WouldExceedMaxAccountCostLimit",
  "WouldExceedAccountDataBlockLimit",
  "TooManyAccountLocks",
  "AddressLookupTableNotFound",
  "InvalidAddressLookupTableOwner",
  "InvalidAddressLookupTableData",
  "InvalidAddressLookupTableIndex",
  "InvalidRentPayingAccount",
  "WouldExceedMaxVoteCostLimit",
  "WouldExceedAccountDataTotalLimit",
  "MaxLoadedAccountsDataSizeExceeded",
  "ResanitizationNeeded",
  "InvalidLoadedAccountsDataSizeLimit",
  "UnbalancedTransaction",
  "ProgramCacheHitMaxLimit",
  "CommitCancelled",
] as const;

type FieldlessName = (typeof FIELDLESS)[number];

/** Numbers of transaction errors, as litesvm's enum of the same name has them. */
export const TransactionErrorFieldless: Readonly<Record<FieldlessName, number>> =
  Object.fromEntries(FIELDLESS.map((name, index) => [name, index])) as Record<
    FieldlessName,
    number
  >;

/** Numbers of instruction errors: those of the wire without Custom, and with BorshIoError last. */
const INSTRUCTION_FIELDLESS: readonly InstructionErrorName[] = [
  ...INSTRUCTION_ERRORS.map(([name]) => name).filter(
    (name) => name !== "Custom" && name !== "BorshIoError",
  ),
  "BorshIoError",
];

/** Numbers of instruction errors, as litesvm's enum of the same name has them. */
export const InstructionErrorFieldless: Readonly<Record<string, number>> = Object.fromEntries(
  INSTRUCTION_FIELDLESS.map((name, index) => [name, index]),
);

/** An error that the program numbers itself. */
export class InstructionErrorCustom {
  readonly code: number;

  constructor(code: number) {
    this.code = code;
  }

  toString(): string {
    return `InstructionErrorCustom { code: ${this.code} }`;
  }
}

/** An instruction has failed. */
export class TransactionErrorInstructionError {
  readonly index: number;
  readonly #error: number | InstructionErrorCustom;

  constructor(index: number, error: number | InstructionErrorCustom) {
    this.index = index;
    this.#error = error;
  }

  err(): number | InstructionErrorCustom {
    return this.#error;
  }

  toString(): string {
    const name = typeof this.#error === "number" ? INSTRUCTION_FIELDLESS[this.#error] : this.#error;
    return `TransactionErrorInstructionError { index: ${this.index}, error: ${name} }`;
  }
}

/** Two instructions of the compute budget ask for the same. */
export class TransactionErrorDuplicateInstruction {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }

  toString(): string {
    return `TransactionErrorDuplicateInstruction { index: ${this.index} }`;
  }
}

/** An account would be left below its minimum. */
export class TransactionErrorInsufficientFundsForRent {
  readonly accountIndex: number;

  constructor(accountIndex: number) {
    this.accountIndex = accountIndex;
  }

  toString(): string {
    return `TransactionErrorInsufficientFundsForRent { accountIndex: ${this.accountIndex} }`;
  }
}

export type LiteSvmError =
  | number
  | TransactionErrorInstructionError
  | TransactionErrorDuplicateInstruction
  | TransactionErrorInsufficientFundsForRent;

/** An error of the ledger in litesvm's form. */
export function liteSvmError(error: TransactionError): LiteSvmError {
  if (typeof error === "string") return FIELDLESS.indexOf(error as FieldlessName);
  if ("DuplicateInstruction" in error) {
    return new TransactionErrorDuplicateInstruction(error.DuplicateInstruction);
  }
  if ("InsufficientFundsForRent" in error) {
    const { account_index: index } = error.InsufficientFundsForRent;
    return new TransactionErrorInsufficientFundsForRent(index);
  }
  const [index, reason] = error.InstructionError;
  const shown =
    typeof reason === "string"
      ? INSTRUCTION_FIELDLESS.indexOf(reason)
      : new InstructionErrorCustom(reason.Custom);
  return new TransactionErrorInstructionError(index, shown);
}

/** Name of a numbered transaction error. */
export const fieldlessName = (error: number): string => FIELDLESS[error] ?? String(error);
