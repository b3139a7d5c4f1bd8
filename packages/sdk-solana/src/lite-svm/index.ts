/** Solana in the process, as litesvm has it. */
export { ComputeBudget } from "./compute-budget.ts";
export {
  type EncodedAccount,
  type MaybeEncodedAccount,
  SimulatedTransactionInfo,
} from "./encoded-account.ts";
export { FeatureSet } from "./feature-set.ts";
export { LiteSVM } from "./lite-svm.ts";
export type { Snapshot } from "./snapshot.ts";
export {
  Clock,
  EpochRewards,
  EpochSchedule,
  Rent,
  type SlotHash,
  SlotHistory,
  SlotHistoryCheck,
  StakeHistory,
  StakeHistoryEntry,
} from "./sysvar-values.ts";
export {
  InstructionErrorCustom,
  InstructionErrorFieldless,
  type LiteSvmError,
  TransactionErrorDuplicateInstruction,
  TransactionErrorFieldless,
  TransactionErrorInstructionError,
  TransactionErrorInsufficientFundsForRent,
} from "./transaction-errors.ts";
export type { KitTransaction, TransactionInput, Web3Transaction } from "./transaction-input.ts";
export {
  CompiledInstruction,
  FailedTransactionMetadata,
  InnerInstruction,
  TransactionMetadata,
  TransactionReturnData,
} from "./transaction-metadata.ts";
