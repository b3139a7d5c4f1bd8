// tidy: table
/**
 * Instruction errors in the order of their numbers, which are part of the wire format, with the sentences that logs show
 * (anza-xyz/solana-sdk `instruction-error/src/lib.rs`).
 */
export const INSTRUCTION_ERRORS = [
  ["GenericError", "generic instruction error"],
  ["InvalidArgument", "invalid program argument"],
  ["InvalidInstructionData", "invalid instruction data"],
  ["InvalidAccountData", "invalid account data for instruction"],
  ["AccountDataTooSmall", "account data too small for instruction"],
  ["InsufficientFunds", "insufficient funds for instruction"],
  ["IncorrectProgramId", "incorrect program id for instruction"],
  ["MissingRequiredSignature", "missing required signature for instruction"],
  ["AccountAlreadyInitialized", "instruction requires an uninitialized account"],
  ["UninitializedAccount", "instruction requires an initialized account"],
  ["UnbalancedInstruction", "sum of account balances before and after instruction do not match"],
  ["ModifiedProgramId", "instruction illegally modified the program id of an account"],
  [
    "ExternalAccountLamportSpend",
    "instruction spent from the balance of an account it does not own",
  ],
  ["ExternalAccountDataModified", "instruction modified data of an account it does not own"],
  ["ReadonlyLamportChange", "instruction changed the balance of a read-only account"],
  ["ReadonlyDataModified", "instruction modified data of a read-only account"],
  ["DuplicateAccountIndex", "instruction contains duplicate accounts"],
  ["ExecutableModified", "instruction changed executable bit of an account"],
  ["RentEpochModified", "instruction modified rent epoch of an account"],
  ["NotEnoughAccountKeys", "insufficient account keys for instruction"],
  [
    "AccountDataSizeChanged",
    "program other than the account's owner changed the size of the account data",
  ],
  ["AccountNotExecutable", "instruction expected an executable account"],
  [
    "AccountBorrowFailed",
    "instruction tries to borrow reference for an account which is already borrowed",
  ],
  ["AccountBorrowOutstanding", "instruction left account with an outstanding borrowed reference"],
  ["DuplicateAccountOutOfSync", "instruction modifications of multiply-passed account differ"],
  ["Custom", "custom program error"],
  ["InvalidError", "program returned invalid error code"],
  ["ExecutableDataModified", "instruction changed executable accounts data"],
  ["ExecutableLamportChange", "instruction changed the balance of an executable account"],
  ["ExecutableAccountNotRentExempt", "executable accounts must be rent exempt"],
  ["UnsupportedProgramId", "Unsupported program id"],
  ["CallDepth", "Cross-program invocation call depth too deep"],
  ["MissingAccount", "An account required by the instruction is missing"],
  ["ReentrancyNotAllowed", "Cross-program invocation reentrancy not allowed for this instruction"],
  ["MaxSeedLengthExceeded", "Length of the seed is too long for address generation"],
  ["InvalidSeeds", "Provided seeds do not result in a valid address"],
  ["InvalidRealloc", "Failed to reallocate account data"],
  ["ComputationalBudgetExceeded", "Computational budget exceeded"],
  ["PrivilegeEscalation", "Cross-program invocation with unauthorized signer or writable account"],
  ["ProgramEnvironmentSetupFailure", "Failed to create program execution environment"],
  ["ProgramFailedToComplete", "Program failed to complete"],
  ["ProgramFailedToCompile", "Program failed to compile"],
  ["Immutable", "Account is immutable"],
  ["IncorrectAuthority", "Incorrect authority provided"],
  ["BorshIoError", "Failed to serialize or deserialize account data"],
  ["AccountNotRentExempt", "An account does not have enough lamports to be rent-exempt"],
  ["InvalidAccountOwner", "Invalid account owner"],
  ["ArithmeticOverflow", "Program arithmetic overflowed"],
  ["UnsupportedSysvar", "Unsupported sysvar"],
  ["IllegalOwner", "Provided owner is not allowed"],
  [
    "MaxAccountsDataAllocationsExceeded",
    "Accounts data allocations exceeded the maximum allowed per transaction",
  ],
  ["MaxAccountsExceeded", "Max accounts exceeded"],
  ["MaxInstructionTraceLengthExceeded", "Max instruction trace length exceeded"],
  ["BuiltinProgramsMustConsumeComputeUnits", "Builtin programs must consume compute units"],
] as const satisfies readonly (readonly [name: string, text: string])[];

export type InstructionErrorName = (typeof INSTRUCTION_ERRORS)[number][0];

/** Why an instruction failed: what a receipt shows and what a caller's transaction fails with. */
export interface SvmFailure {
  readonly error: InstructionErrorName;
  /** Number of a Custom error. */
  readonly custom?: number;
  /** The sentence behind `failed: ` in the log. */
  readonly text: string;
}

/** Number of an error on the wire. */
export function instructionErrorCode(error: InstructionErrorName): number {
  return INSTRUCTION_ERRORS.findIndex(([name]) => name === error);
}

export function failure(error: InstructionErrorName, text?: string): SvmFailure {
  return { error, text: text ?? INSTRUCTION_ERRORS[instructionErrorCode(error)][1] };
}

export function customFailure(custom: number): SvmFailure {
  return { error: "Custom", custom, text: `custom program error: 0x${custom.toString(16)}` };
}

/** A failed syscall or a fault: the instruction did not complete, for the reason `text`. */
export const incomplete = (text: string): SvmFailure => failure("ProgramFailedToComplete", text);

/** Errors that a program returns as `code << 32`, by code (anza-xyz/solana-sdk `program-error/src/lib.rs`). */
const BUILTIN_CODES: readonly InstructionErrorName[] = [
  "Custom",
  "InvalidArgument",
  "InvalidInstructionData",
  "InvalidAccountData",
  "AccountDataTooSmall",
  "InsufficientFunds",
  "IncorrectProgramId",
  "MissingRequiredSignature",
  "AccountAlreadyInitialized",
  "UninitializedAccount",
  "NotEnoughAccountKeys",
  "AccountBorrowFailed",
  "MaxSeedLengthExceeded",
  "InvalidSeeds",
  "BorshIoError",
  "AccountNotRentExempt",
  "UnsupportedSysvar",
  "IllegalOwner",
  "MaxAccountsDataAllocationsExceeded",
  "InvalidRealloc",
  "MaxInstructionTraceLengthExceeded",
  "BuiltinProgramsMustConsumeComputeUnits",
  "InvalidAccountOwner",
  "ArithmeticOverflow",
  "Immutable",
  "IncorrectAuthority",
];

/** What r0 = `low` + `high` * 2^32, not 0, means. */
export function programFailure(low: number, high: number): SvmFailure {
  if (high === 0) return customFailure(low);
  const error = low === 0 ? BUILTIN_CODES[high - 1] : undefined;
  if (error === "Custom") return customFailure(0);
  return failure(error ?? "InvalidError");
}
