import { concatBytes } from "@dragoman/bytes";
import { type CellChange, Engine, type LinearMemory, type StateReader } from "@dragoman/core";
import { keccak256 } from "@dragoman/crypto";
import {
  type Environment,
  type ForkName,
  readBalance,
  readCode,
  readNonce,
  scheduleOf,
} from "@dragoman/frontend-evm";
import type { FrameTrace } from "@dragoman/frontend-evm/trace";
import { type CodeTable, updateStateTrie } from "../state-trie.ts";
import { objectionTo } from "../transaction/check-transaction.ts";
import type { EvmTransaction } from "../transaction/evm-transaction.ts";
import { type ExecutedCall, executeTransaction } from "../transaction/execute-transaction.ts";
import { tipOf } from "../transaction/transaction-pool.ts";
import { trieRoot } from "../trie/trie.ts";
import { nextBaseFee } from "./base-fee.ts";
import { bloomOf } from "./bloom.ts";
import {
  blockBloom,
  type EvmBlock,
  type EvmHeader,
  type EvmReceipt,
  receiptsRoot,
  sealBlock,
  transactionsRoot,
} from "./evm-block.ts";

/** What a block stands on and is made with. */
export interface BlockSite {
  readonly parent: EvmBlock;
  /** State after the parent. */
  readonly state: StateReader;
  readonly codes: CodeTable;
  readonly memory: LinearMemory;
  readonly fork: ForkName;
  readonly chainId: bigint;
  blockHash(number: bigint): bigint;
}

/** Fields of the header that are known before its transactions. */
export type HeaderStart = Pick<
  EvmHeader,
  | "parentHash"
  | "coinbase"
  | "number"
  | "gasLimit"
  | "timestamp"
  | "extraData"
  | "prevRandao"
  | "baseFee"
>;

/** Begins a header. The salt makes the randomness, and with it the hash, of blocks on one parent different. */
export function startHeader(parent: EvmBlock, timestamp: number, salt: number): HeaderStart {
  const { coinbase, gasLimit, extraData } = parent.header;
  const seed = new Uint8Array(4);
  new DataView(seed.buffer).setUint32(0, salt);
  return {
    parentHash: parent.hash,
    coinbase,
    number: parent.height + 1,
    gasLimit,
    timestamp,
    extraData,
    prevRandao: keccak256(concatBytes(parent.hash, seed)),
    baseFee: nextBaseFee(parent.header),
  };
}

/** What code sees of a block. */
export function blockEnvironment(
  header: HeaderStart,
  site: Pick<BlockSite, "chainId" | "blockHash">,
): Omit<Environment, "origin" | "gasPrice"> {
  return {
    blobHashes: [],
    coinbase: header.coinbase,
    timestamp: BigInt(header.timestamp),
    number: BigInt(header.number),
    prevRandao: wordOf(header.prevRandao),
    gasLimit: header.gasLimit,
    chainId: site.chainId,
    baseFee: header.baseFee,
    blobBaseFee: 1n,
    blockHash: (number) => site.blockHash(number),
  };
}

const wordOf = (bytes: Uint8Array): bigint =>
  bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** Makes a block of those of `transactions` that are valid in it, in their order. `decree` writes to the state before them. */
export function buildBlock(
  site: BlockSite,
  start: HeaderStart,
  transactions: readonly EvmTransaction[],
  decree?: (engine: Engine) => void,
): { readonly block: EvmBlock; readonly changes: readonly CellChange[] } {
  const engine = new Engine({ state: site.state, tier: "auto", memory: site.memory });
  decree?.(engine);
  const environment = blockEnvironment(start, site);
  const receipts: EvmReceipt[] = [];
  let gasUsed = 0n;
  let logs = 0;
  for (const tx of transactions) {
    const executed = include(engine, tx, environment, gasUsed, site.fork);
    if (executed === undefined) continue;
    gasUsed += executed.gasUsed;
    receipts.push({
      transaction: tx,
      index: receipts.length,
      cumulativeGasUsed: gasUsed,
      gasPrice: start.baseFee + tipOf(tx, start.baseFee),
      firstLog: logs,
      bloom: bloomOf(executed.logs),
      ...executed,
    });
    logs += executed.logs.length;
  }
  const changes = engine.journal.changes();
  const state = updateStateTrie(site.parent.state, changes, site.codes);
  const included = receipts.map(({ transaction }) => transaction);
  const header: EvmHeader = {
    ...start,
    stateRoot: trieRoot(state),
    transactionsRoot: transactionsRoot(included),
    receiptsRoot: receiptsRoot(receipts),
    bloom: blockBloom(receipts),
    gasUsed,
  };
  return { block: sealBlock(header, included, receipts, state), changes };
}

/** Executes a transaction if it is valid and fits the block. */
function include(
  engine: Engine,
  tx: EvmTransaction,
  environment: Omit<Environment, "origin" | "gasPrice">,
  gasUsed: bigint,
  fork: ForkName,
): ExecutedCall | undefined {
  const { journal } = engine;
  const { baseFee, gasLimit, chainId } = environment;
  if (gasUsed + tx.gasLimit > gasLimit) return undefined;
  if (tx.chainId !== undefined && tx.chainId !== chainId) return undefined;
  const sender = {
    nonce: readNonce(journal, tx.sender),
    balance: readBalance(journal, tx.sender),
    code: readCode(journal, tx.sender),
  };
  const context = { rules: scheduleOf(fork).rules, sender, blockGasLimit: gasLimit, baseFee };
  if (objectionTo(tx, context) !== undefined) return undefined;
  return executeIncluded(engine, tx, environment, fork);
}

/** Executes a transaction that is valid in its block. */
export function executeIncluded(
  engine: Engine,
  tx: EvmTransaction,
  environment: Omit<Environment, "origin" | "gasPrice">,
  fork: ForkName,
  trace?: FrameTrace,
): ExecutedCall {
  const tip = tipOf(tx, environment.baseFee);
  const gasPrice = environment.baseFee + tip;
  const full: Environment = { ...environment, origin: tx.sender, gasPrice };
  return executeTransaction(engine, { ...tx, tip }, full, fork, trace);
}
