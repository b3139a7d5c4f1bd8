/** An Ethereum chain in memory: transactions, fees, blocks, receipts, logs. */
export { nextBaseFee } from "./block/base-fee.ts";
export { BLOB_GAS, type BlobUsage, blobBaseFee, nextExcessBlobGas } from "./block/blob-gas.ts";
export { bloomOf } from "./block/bloom.ts";
export {
  type BlockSite,
  blockEnvironment,
  buildBlock,
  executeIncluded,
  type HeaderStart,
} from "./block/build-block.ts";
export {
  type EvmBlock,
  type EvmHeader,
  type EvmReceipt,
  encodeHeader,
  NO_UNCLES,
  NO_WITHDRAWALS,
  ZERO_HASH,
  ZERO_NONCE,
} from "./block/evm-block.ts";
export { decodeDecree, type EvmDecree, encodeDecree } from "./decree.ts";
export type { AccountOverride, EvmCall } from "./evm-call.ts";
export {
  type AccountView,
  EvmLedger,
  type EvmLedgerOptions,
  type PlacedTransaction,
  type StateAt,
} from "./evm-ledger.ts";
export type { ForkBase, StateBelow } from "./fork/fork-base.ts";
export type { EvmGenesis, ForkedGenesis } from "./genesis.ts";
export type { SimulatedBlock, SimulationResult } from "./simulate-blocks.ts";
export { type AccountProof, type CodeTable, TrieState, updateStateTrie } from "./state-trie.ts";
export { closeBlock, openBlock } from "./system/block-borders.ts";
export { requestsHash } from "./system/block-requests.ts";
export { DEPOSIT_CONTRACT } from "./system/deposit-requests.ts";
export {
  BEACON_ROOTS,
  BLOCK_HASHES,
  CONSOLIDATION_REQUESTS,
  SYSTEM_CONTRACTS,
  type SystemContract,
  WITHDRAWAL_REQUESTS,
} from "./system/system-contracts.ts";
export type { HeaderOverride, TraceCallOptions } from "./trace-calls.ts";
export type { Authorization } from "./transaction/authorization.ts";
export type { BlobSidecar } from "./transaction/blob-sidecar.ts";
export {
  type CheckContext,
  costMax,
  type Objection,
  objectionTo,
  type SenderState,
} from "./transaction/check-transaction.ts";
export { decodeTransaction } from "./transaction/decode-transaction.ts";
export type {
  AccessListEntry,
  EvmTransaction,
  TransactionFields,
} from "./transaction/evm-transaction.ts";
export {
  type ExecutedCall,
  executeTransaction,
  type PricedTransaction,
} from "./transaction/execute-transaction.ts";
export type { ImpersonatedFields } from "./transaction/impersonated-transaction.ts";
export { type IntrinsicGas, intrinsicGas } from "./transaction/intrinsic-gas.ts";
export { tipOf } from "./transaction/transaction-pool.ts";
export { integerBytes, integerOf, rlpList, rlpString } from "./trie/rlp.ts";
export {
  EMPTY_ROOT,
  orderedRoot,
  type Trie,
  trieFind,
  trieInsert,
  trieProof,
  trieRemove,
  trieRoot,
} from "./trie/trie.ts";
