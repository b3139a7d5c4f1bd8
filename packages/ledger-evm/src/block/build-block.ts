import { concatBytes } from "@dragoman/bytes";
import { type CellChange, Engine, type LinearMemory, type StateReader } from "@dragoman/core";
import { keccak256 } from "@dragoman/crypto";
import {
  type Environment,
  type ForkName,
  type Rules,
  readBalance,
  readCode,
  readNonce,
  scheduleOf,
} from "@dragoman/frontend-evm";
import type { FrameTrace } from "@dragoman/frontend-evm/trace";
import { type CodeTable, updateStateTrie } from "../state-trie.ts";
import { closeBlock, openBlock } from "../system/block-borders.ts";
import { requestsHash } from "../system/block-requests.ts";
import { objectionTo } from "../transaction/check-transaction.ts";
import type { EvmTransaction } from "../transaction/evm-transaction.ts";
import { type ExecutedCall, executeTransaction } from "../transaction/execute-transaction.ts";
import { tipOf } from "../transaction/transaction-pool.ts";
import { integerOf } from "../trie/rlp.ts";
import { trieRoot } from "../trie/trie.ts";
import { nextBaseFee } from "./base-fee.ts";
import { BLOB_GAS, blobBaseFee, nextExcessBlobGas } from "./blob-gas.ts";
import { BlockBody } from "./block-body.ts";
import {
  blockBloom,
  type EvmBlock,
  type EvmHeader,
  NO_WITHDRAWALS,
  receiptsRoot,
  sealBlock,
  transactionsRoot,
  ZERO_HASH,
} from "./evm-block.ts";

/** What a block stands on and is made with. */
export interface BlockSite {
  readonly parent: Pick<EvmBlock, "state">;
  /** State after the parent. */
  readonly state: StateReader;
  readonly codes: CodeTable;
  /** The state below that of a forked chain. */
  readonly base?: StateReader | undefined;
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
  | "withdrawalsRoot"
  | "excessBlobGas"
  | "parentBeaconRoot"
>;

/** Begins a header. The salt makes the randomness, and with it the hash, of blocks on one parent different. */
export function startHeader(
  parent: EvmBlock,
  timestamp: number,
  salt: number,
  fork: ForkName,
): HeaderStart {
  const { rules } = scheduleOf(fork);
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
    ...(rules.withdrawals ? { withdrawalsRoot: NO_WITHDRAWALS } : {}),
    ...(rules.blobMax > 0 ? { excessBlobGas: excessBehind(parent, rules) } : {}),
    // There is no beacon chain: its root is zero, as in geth's developer mode.
    ...(rules.beaconRoot ? { parentBeaconRoot: ZERO_HASH } : {}),
  };
}

function excessBehind({ header }: EvmBlock, rules: Readonly<Rules>): bigint {
  const { blobGasUsed = 0n, excessBlobGas = 0n, baseFee } = header;
  return nextExcessBlobGas(rules, { blobGasUsed, excessBlobGas, baseFee });
}

/** What code sees of a block. */
export function blockEnvironment(
  header: HeaderStart,
  site: Pick<BlockSite, "chainId" | "blockHash" | "fork">,
): Omit<Environment, "origin" | "gasPrice"> {
  return {
    blobHashes: [],
    coinbase: header.coinbase,
    timestamp: BigInt(header.timestamp),
    number: BigInt(header.number),
    prevRandao: integerOf(header.prevRandao),
    gasLimit: header.gasLimit,
    chainId: site.chainId,
    baseFee: header.baseFee,
    blobBaseFee: blobBaseFee(scheduleOf(site.fork).rules, header.excessBlobGas ?? 0n),
    blockHash: (number) => site.blockHash(number),
  };
}

/**
 * Makes a block of those of `transactions` that are valid in it, in their order, between what the protocol does before and after them. `decree`
 * writes to the state before all that.
 */
export function buildBlock(
  site: BlockSite,
  start: HeaderStart,
  transactions: readonly EvmTransaction[],
  decree?: (engine: Engine) => void,
): { readonly block: EvmBlock; readonly changes: readonly CellChange[] } {
  const { fork } = site;
  const { rules } = scheduleOf(fork);
  const { engine, environment } = openEngine(site, start, decree);
  const ofProtocol = { ...environment, ...BY_PROTOCOL };
  const body = new BlockBody(start, environment);
  for (const tx of transactions) include(engine, tx, body, fork);
  const { receipts } = body;
  const logs = receipts.flatMap((receipt) => receipt.logs);
  const requests = closeBlock(engine, logs, ofProtocol, fork);
  const changes = engine.journal.changes();
  const state = updateStateTrie(site.parent.state, changes, site.codes, false, site.base);
  const included = receipts.map(({ transaction }) => transaction);
  const header: EvmHeader = {
    ...start,
    stateRoot: trieRoot(state),
    transactionsRoot: transactionsRoot(included),
    receiptsRoot: receiptsRoot(receipts),
    bloom: blockBloom(receipts),
    gasUsed: body.gasUsed,
    ...(rules.blobMax > 0 ? { blobGasUsed: BigInt(body.blobCount) * BLOB_GAS } : {}),
    ...(rules.requests ? { requestsHash: requestsHash(requests) } : {}),
  };
  return { block: sealBlock(header, included, receipts, requests, state), changes };
}

/** Who the protocol is where it calls contracts. */
const BY_PROTOCOL = { origin: new Uint8Array(20), gasPrice: 0n };

/** An engine at the first transaction of a block. */
export function openEngine(
  site: Omit<BlockSite, "parent" | "codes">,
  start: HeaderStart,
  decree?: (engine: Engine) => void,
): { readonly engine: Engine; readonly environment: ReturnType<typeof blockEnvironment> } {
  const { state, memory, fork } = site;
  const engine = new Engine({ state, tier: "auto", memory });
  decree?.(engine);
  const environment = blockEnvironment(start, site);
  // A forked chain has no beacon blocks: the roots that its base knows stay as they are.
  const parents = site.base === undefined ? start : { parentHash: start.parentHash };
  openBlock(engine, parents, { ...environment, ...BY_PROTOCOL }, fork);
  return { engine, environment };
}

/** Executes a transaction if it is valid and fits the block. */
function include(engine: Engine, tx: EvmTransaction, body: BlockBody, fork: ForkName): void {
  const { journal } = engine;
  const { environment } = body;
  const { baseFee, gasLimit, chainId, blobBaseFee } = environment;
  const { rules } = scheduleOf(fork);
  if (!body.hasRoomFor(tx, rules)) return;
  if (tx.chainId !== undefined && tx.chainId !== chainId) return;
  const sender = {
    nonce: readNonce(journal, tx.sender),
    balance: readBalance(journal, tx.sender),
    code: readCode(journal, tx.sender),
  };
  const context = { rules, sender, blockGasLimit: gasLimit, baseFee, blobBaseFee };
  if (objectionTo(tx, context) !== undefined) return;
  body.add(tx, executeIncluded(engine, tx, environment, fork));
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
  const hashes = tx.blobHashes ?? [];
  const full: Environment = {
    ...environment,
    origin: tx.sender,
    gasPrice: environment.baseFee + tip,
    blobHashes: hashes.map(integerOf),
  };
  const blobFee = BigInt(hashes.length) * BLOB_GAS * environment.blobBaseFee;
  return executeTransaction(engine, { ...tx, tip, blobFee }, full, fork, trace);
}
