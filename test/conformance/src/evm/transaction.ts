import { type Journal, type LogEntry, MemoryState } from "@dragoman/core";
import { keccak256 } from "@dragoman/crypto";
import {
  createAddress,
  DOMAIN,
  type Environment,
  MARK,
  type World,
  worldOf,
} from "@dragoman/frontend-evm";
import { executeTransaction, tipOf } from "@dragoman/ledger-evm";
import type { ConformOptions } from "../report.ts";
import { engineOn } from "./call.ts";
import type { AccountState, StateCase } from "./state-case.ts";
import { baseFeeOf, blobBaseFee, blobFee, fieldsOf, type TestedFork } from "./validity.ts";

const NO_KEY = new Uint8Array(0);

export interface TransactionResult {
  /** Every account of the state afterwards, by lower-case hex address. */
  readonly accounts: ReadonlyMap<string, AccountState>;
  readonly logs: readonly LogEntry[];
}

interface Execution {
  readonly stateCase: StateCase;
  readonly journal: Journal;
  readonly world: World;
}

/** Executes the valid transaction of a case by the ledger's own rules, and sweeps accounts (EIP-161). */
export function executeCase(
  stateCase: StateCase,
  fork: TestedFork,
  tier: ConformOptions["tier"],
): TransactionResult {
  const engine = engineOn(stateOf(stateCase.pre), tier);
  const { block, pre, transaction } = stateCase;
  const fields = fieldsOf(transaction);
  const baseFee = baseFeeOf(fork, block);
  const tip = tipOf(fields, baseFee);
  const created = hexOf(createAddress(fields.sender, fields.nonce));
  const tx = {
    ...fields,
    tip,
    blobFee: blobFee(transaction, block),
    meetsStorage: (pre.get(created)?.storage.size ?? 0) > 0,
  };
  const environment = environmentOf(stateCase, fields.sender, baseFee + tip);
  const { logs } = executeTransaction(engine, tx, environment, fork);
  const { journal } = engine;
  return { accounts: sweep({ stateCase, journal, world: worldOf(journal) }), logs };
}

function environmentOf(
  { block, transaction }: StateCase,
  origin: Uint8Array,
  gasPrice: bigint,
): Environment {
  return {
    origin,
    gasPrice,
    blobHashes: transaction.blobHashes ?? [],
    coinbase: bytesOf(block.coinbase),
    timestamp: block.timestamp,
    number: block.number,
    prevRandao: block.prevRandao,
    gasLimit: block.gasLimit,
    chainId: 1n,
    baseFee: block.baseFee,
    blobBaseFee: blobBaseFee(block),
    blockHash: (number) => BigInt(`0x${hexDigits(keccak256(Buffer.from(number.toString())))}`),
  };
}

/** The state below the journal: cells of the accounts before. */
function stateOf(pre: ReadonlyMap<string, AccountState>): MemoryState {
  const state = new MemoryState();
  for (const [address, account] of pre) {
    const at = bytesOf(address);
    if (account.balance > 0n) state.write(DOMAIN.BALANCE, at, NO_KEY, wordBytes(account.balance));
    if (account.nonce > 0n) state.write(DOMAIN.NONCE, at, NO_KEY, wordBytes(account.nonce));
    if (account.code.length > 0) state.write(DOMAIN.CODE, at, NO_KEY, account.code);
    for (const [slot, value] of account.storage) {
      if (value !== 0n) state.write(DOMAIN.STORAGE, at, wordBytes(slot), wordBytes(value));
    }
  }
  return state;
}

/** The accounts after the transaction: without those that destroyed themselves and the touched empty ones (EIP-161). */
function sweep({ stateCase, journal, world }: Execution): Map<string, AccountState> {
  const accounts = new Map(
    [...stateCase.pre].map(([address, account]) => [
      address,
      { ...account, storage: new Map(account.storage) },
    ]),
  );
  for (const { domain, account, key, after } of journal.changes()) {
    const address = hexOf(account);
    const state = accounts.get(address) ?? {
      nonce: 0n,
      balance: 0n,
      code: NO_KEY,
      storage: new Map(),
    };
    const value = BigInt(`0x${domain === DOMAIN.CODE ? "0" : hexDigits(after ?? NO_KEY) || "0"}`);
    if (domain === DOMAIN.STORAGE) state.storage.set(BigInt(`0x${hexDigits(key)}`), value);
    const changed = {
      nonce: domain === DOMAIN.NONCE ? value : state.nonce,
      balance: domain === DOMAIN.BALANCE ? value : state.balance,
      code: domain === DOMAIN.CODE ? (after ?? NO_KEY) : state.code,
    };
    accounts.set(address, { ...state, ...changed });
  }
  for (const [address, state] of accounts) {
    const marks = world.marks(world.account(bytesOf(address)));
    const isEmpty = state.nonce === 0n && state.balance === 0n && state.code.length === 0;
    const isTouched = (marks & MARK.TOUCHED) !== 0 || !stateCase.pre.has(address);
    if ((marks & MARK.DESTROYED) !== 0 || (isEmpty && isTouched)) accounts.delete(address);
  }
  return accounts;
}

const bytesOf = (address: string): Uint8Array =>
  new Uint8Array(Buffer.from(address.replace(/^0x/, ""), "hex"));
const hexDigits = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const hexOf = (bytes: Uint8Array): string => `0x${hexDigits(bytes)}`;
const wordBytes = (value: bigint): Uint8Array =>
  new Uint8Array(Buffer.from(value.toString(16).padStart(64, "0"), "hex"));
