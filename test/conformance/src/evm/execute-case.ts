import { decodeHex, encodeHex } from "@dragoman/bytes";
import type { LogEntry } from "@dragoman/core";
import { keccak256 } from "@dragoman/crypto";
import { type Environment, type ForkName, MARK, scheduleOf, worldOf } from "@dragoman/frontend-evm";
import {
  BLOB_GAS,
  blobBaseFee,
  executeTransaction,
  rlpList,
  rlpString,
  tipOf,
  trieRoot,
  updateStateTrie,
} from "@dragoman/ledger-evm";
import type { ConformOptions } from "../report.ts";
import { engineOn } from "./call.ts";
import { seen } from "./pre-state.ts";
import type { StateCase } from "./state-case.ts";
import { baseFeeOf, fieldsOf } from "./validity.ts";

/** What a state test compares, as hex with 0x. */
export interface CaseResult {
  readonly root: string;
  /** keccak-256 of the RLP of the logs. */
  readonly logs: string;
}

/** Executes the valid transaction of a case by the ledger's own rules; touched empty accounts go (EIP-161). */
export function executeCase(
  stateCase: StateCase,
  fork: ForkName,
  tier: ConformOptions["tier"],
): CaseResult {
  const { block, pre, transaction } = stateCase;
  const engine = engineOn(pre.state, tier);
  const fields = fieldsOf(transaction);
  const baseFee = baseFeeOf(fork, block);
  const tip = tipOf(fields, baseFee);
  const environment = environmentOf(stateCase, fork, fields.sender, baseFee + tip);
  const blobFee = BigInt(transaction.blobHashes?.length ?? 0) * BLOB_GAS * environment.blobBaseFee;
  const { logs } = executeTransaction(engine, { ...fields, tip, blobFee }, environment, fork);
  const { journal } = engine;
  const world = worldOf(journal);
  const touched = pre.empty.filter((address) => {
    if ((world.marks(world.account(address)) & MARK.TOUCHED) !== 0) return true;
    return world.ripemdTouched && encodeHex(address) === RIPEMD;
  });
  const changes = [...touched.map(seen), ...journal.changes()];
  const trie = updateStateTrie(pre.trie, changes, new Map());
  return { root: encodeHex(trieRoot(trie)), logs: logsHash(logs) };
}

function environmentOf(
  { block, transaction }: StateCase,
  fork: ForkName,
  origin: Uint8Array,
  gasPrice: bigint,
): Environment {
  const { rules } = scheduleOf(fork);
  return {
    origin,
    gasPrice,
    blobHashes: transaction.blobHashes ?? [],
    coinbase: decodeHex(block.coinbase),
    timestamp: block.timestamp,
    number: block.number,
    prevRandao: block.prevRandao,
    gasLimit: block.gasLimit,
    chainId: 1n,
    baseFee: block.baseFee,
    blobBaseFee: blobBaseFee(rules, block.excessBlobGas),
    blockHash: (number) => BigInt(encodeHex(keccak256(digits(number)))),
  };
}

/** Its touches outlive reverts: see `World.ripemdTouched`. */
const RIPEMD = `0x${"3".padStart(40, "0")}`;

const digits = (number: bigint): Uint8Array => new TextEncoder().encode(number.toString());

function logsHash(logs: readonly LogEntry[]): string {
  const items = logs.map(({ account, topics, data }) =>
    rlpList([rlpString(account), rlpList(topics.map(rlpString)), rlpString(data)]),
  );
  return encodeHex(keccak256(rlpList(items)));
}
