/** A Solana chain in memory: transactions, fees, slots, native programs. */

export { Bank, type BankOptions, type ExecuteOptions } from "./bank.ts";
export { BankState } from "./bank-state.ts";
export {
  type ComputeBudget,
  feeOf,
  LAMPORTS_PER_SIGNATURE,
  readComputeBudget,
} from "./compute-budget.ts";
export type { SvmDecree } from "./decree.ts";
export type { ExecutedTransaction, RefusedTransaction } from "./executed-transaction.ts";
export { type Faucet, faucetAccount, transferFromFaucet } from "./faucet.ts";
export {
  type KeyedAccount,
  nativeAccounts,
  RENT_EXEMPT_EPOCH,
  type SvmGenesis,
  wallet,
} from "./genesis.ts";
export { loadedAddresses } from "./lookup-tables.ts";
export {
  type AddressLookup,
  type CompiledInstruction,
  decodeMessage,
  encodeMessage,
  isSigner,
  type SvmMessage,
} from "./message.ts";
export { messageAccounts } from "./message-accounts.ts";
export { V1_MAX } from "./message-v1.ts";
export { type UpgradeableProgram, upgradeableProgram } from "./program-accounts.ts";
export { minimumBalance } from "./rent.ts";
export {
  decodeTransaction,
  encodeTransaction,
  hasValidSignatures,
  hasValidSignaturesOffThread,
  type SvmTransactionEnvelope,
  TRANSACTION_BYTES_MAX,
} from "./signed-transaction.ts";
export { hashBlock, type SolanaBlock } from "./solana-block.ts";
export {
  BLOCKHASH_AGE_MAX,
  type PlacedTransaction,
  SLOT_MAX,
  SvmLedger,
  type SvmLedgerOptions,
} from "./svm-ledger.ts";
export { epochOf, SLOTS_PER_EPOCH, type SlotPlace, sysvarAccounts } from "./sysvar-accounts.ts";
export {
  decodeHolding,
  decodeMint,
  isTokenProgram,
  nativeMint,
  TOKEN_2022_PROGRAM,
  TOKEN_PROGRAM,
  type TokenBalance,
  type TokenHolding,
  type TokenMint,
} from "./token-balance.ts";
export { describeError, type TransactionError } from "./transaction-error.ts";
export { splTokenElf, WELL_KNOWN_PROGRAMS, wellKnownPrograms } from "./well-known-programs.ts";
