/** A Substrate chain in memory: extrinsics, balances, EVM contracts in a Revive-style pallet; and the tables that describe it. */
export type { ExtrinsicOutcome } from "./block/apply-extrinsic.ts";
export { weightOf } from "./block/dispatch.ts";
export { EVENTS_KEY, type Execution } from "./block/execution.ts";
export type { SubstrateGenesis } from "./block/genesis.ts";
export type { SubstrateBlock } from "./block/substrate-block.ts";
export type { PoolEvent, TransactionPool } from "./block/transaction-pool.ts";
export type { SubstrateDecree } from "./decree.ts";
export { decodeExtrinsic, EXTRINSIC_VERSION, type Extrinsic } from "./extrinsic/extrinsic.ts";
export { type InclusionFee, inclusionFee, totalFee } from "./extrinsic/fees.ts";
export { SIGNED_EXTENSIONS, type SignedExtension } from "./extrinsic/signed-extensions.ts";
export { VALIDITY_ERRORS, type ValidityError } from "./extrinsic/transaction-validity.ts";
export {
  accountOf,
  addressOf,
  fallbackAccount,
  isEthDerived,
  isMapped,
} from "./revive/account-mapping.ts";
export { type DryRun, dryRun } from "./revive/dry-run.ts";
export { codeOf, weiOf } from "./revive/revive-state.ts";
export type { ContractOutcome, ContractRun } from "./revive/run-contract.ts";
export { accountInfo } from "./runtime/accounts.ts";
export { type Constant, HASHERS, type Pallet, type StorageItem } from "./runtime/pallet.ts";
export * from "./runtime/parameters.ts";
export {
  ACCOUNT_ID,
  DIGEST_ITEM,
  DISPATCH_CLASS,
  DISPATCH_ERROR,
  type DispatchError,
  H160,
  H256,
  HEADER,
  type Header,
  MULTI_ADDRESS,
  MULTI_SIGNATURE,
  U256,
  WEIGHT,
  type Weight,
} from "./runtime/primitives.ts";
export { EVM_CHAIN_ID } from "./runtime/revive.ts";
export {
  describeDispatchError,
  EVENTS,
  type EventRecord,
  PALLET_SHAPES,
  PALLETS,
  type PalletName,
  RUNTIME_CALL,
  RUNTIME_ERROR,
  RUNTIME_EVENT,
  type RuntimeCall,
  type RuntimeEvent,
} from "./runtime/runtime.ts";
export { RUNTIME_VERSION } from "./runtime/system.ts";
export {
  enumeration,
  err,
  newtype,
  ok,
  option,
  type Row,
  result,
  row,
  struct,
  type VariantValue,
} from "./scale/compounds.ts";
export {
  BOOL,
  compact,
  readCompact,
  U8,
  U16,
  U32,
  U64,
  U128,
  writeCompact,
} from "./scale/numbers.ts";
export { BYTES, byteArray, sequence, TEXT, tuple, UNIT } from "./scale/sequences.ts";
export {
  type AnyShape,
  type Definition,
  decode,
  encode,
  type Fields,
  type FieldValues,
  PRIMITIVES,
  type Shape,
  type Value,
} from "./scale/shape.ts";
export { blake2b64, blake2b256, blake2b512 } from "./storage/blake2.ts";
export type { ReadStorage } from "./storage/storage.ts";
export { storageKey, storagePrefix } from "./storage/storage-key.ts";
export {
  type PlacedExtrinsic,
  SubstrateLedger,
  type SubstrateLedgerOptions,
} from "./substrate-ledger.ts";
