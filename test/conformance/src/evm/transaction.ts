import { GAS_MAX, isOk, type Journal, type LogEntry, MemoryState } from "@dragoman/core";
import { keccak256 } from "@dragoman/crypto";
import {
  createAddress,
  creationRequest,
  DOMAIN,
  type Environment,
  type EvmMessage,
  evmRequest,
  findPrecompile,
  MARK,
  machineOf,
  REFUND_COUNTER,
  type Rules,
  scheduleOf,
  type World,
  worldOf,
} from "@dragoman/frontend-evm";
import type { ConformOptions } from "../report.ts";
import { engineOn } from "./call.ts";
import type { AccountState, StateCase } from "./state-case.ts";
import { blobBaseFee, intrinsicGas, priceOf, since, type TestedFork } from "./validity.ts";

const NO_KEY = new Uint8Array(0);
const DEPOSIT_BYTE = 200n;

export interface TransactionResult {
  /** Every account of the state afterwards, by lower-case hex address. */
  readonly accounts: ReadonlyMap<string, AccountState>;
  readonly logs: readonly LogEntry[];
}

interface Execution {
  readonly stateCase: StateCase;
  readonly fork: TestedFork;
  readonly tier: ConformOptions["tier"];
  readonly rules: Readonly<Rules>;
  readonly journal: Journal;
  readonly world: World;
  readonly run: (message: EvmMessage & { code?: Uint8Array }, creates: boolean) => Ended;
}

interface Ended {
  readonly ok: boolean;
  readonly gasLeft: bigint;
  readonly output: Uint8Array;
}

/** Executes a valid transaction: buys gas, runs, refunds, pays the coinbase, sweeps accounts (yellow paper, section 6). */
export function executeTransaction(
  stateCase: StateCase,
  fork: TestedFork,
  tier: ConformOptions["tier"],
): TransactionResult {
  const engine = engineOn(stateOf(stateCase.pre), tier);
  const { journal } = engine;
  const run: Execution["run"] = (message, creates) => {
    // The engine counts gas below 2^53; what a test gives beyond that is added again afterwards.
    const beyond = message.gas > GAS_MAX ? message.gas - GAS_MAX : 0n;
    const capped = { ...message, gas: message.gas - beyond };
    const { code } = capped;
    const request =
      creates && code !== undefined
        ? creationRequest(journal, { ...capped, code })
        : evmRequest(journal, capped);
    const { outcome, gasLeft, output } = engine.execute(request);
    const isTrapped = outcome >= 0x200;
    return { ok: isOk(outcome), gasLeft: isTrapped ? 0n : gasLeft + beyond, output };
  };
  const { rules } = scheduleOf(fork);
  const execution = { stateCase, fork, tier, rules, journal, world: worldOf(journal), run };
  journal.beginTransaction();
  transact(execution);
  return { accounts: sweep(execution), logs: journal.logs };
}

function transact(execution: Execution): void {
  const { stateCase, fork, journal, world, rules } = execution;
  const { transaction: tx, block } = stateCase;
  const price = priceOf(fork, tx, block);
  const sender = world.account(bytesOf(tx.sender));
  const add = (account: number, wei: bigint): void => {
    const cell = world.balanceCell(account);
    journal.writeWord(cell, journal.readWord(cell) + wei);
  };
  add(sender, -(tx.gasLimit * price.gas + price.blobs));
  journal.writeWord(world.nonceCell(sender), tx.nonce + 1n);
  warmUp(execution);
  const gas = tx.gasLimit - intrinsicGas(fork, tx);
  const { gasLeft } = tx.to === undefined ? create(execution, gas) : call(execution, tx.to, gas);
  const used = tx.gasLimit - gasLeft;
  const most = used / BigInt(rules.refundQuotient);
  const counted = BigInt(journal.counter(REFUND_COUNTER));
  const paid = used - (counted < most ? counted : most);
  add(sender, (tx.gasLimit - paid) * price.gas);
  const coinbase = world.account(bytesOf(block.coinbase));
  world.addMark(coinbase, MARK.TOUCHED);
  add(coinbase, paid * price.tip);
}

/** Accounts and slots that a transaction begins with as accessed (EIP-2929, 2930, 3651). */
function warmUp({ stateCase, fork, rules, journal, world }: Execution): void {
  const { transaction: tx, block } = stateCase;
  for (let number = 1; number <= rules.precompiles; number++) {
    world.warm(world.account(bytesOf(number.toString(16).padStart(40, "0"))));
  }
  const warm = [tx.sender, ...(tx.to === undefined ? [] : [tx.to])];
  if (since(fork, "shanghai")) warm.push(block.coinbase);
  for (const address of warm) world.warm(world.account(bytesOf(address)));
  for (const { address, slots } of tx.accessList ?? []) {
    const account = world.account(bytesOf(address));
    world.warm(account);
    for (const slot of slots) {
      world.warmCell(journal.cell(world.domains.storage, account, wordBytes(slot)));
    }
  }
}

function call({ stateCase, fork, world, journal, run }: Execution, to: string, gas: bigint): Ended {
  const { transaction: tx } = stateCase;
  const address = bytesOf(to);
  const precompile = findPrecompile(machineOf({ fork }), address);
  const message = messageOf(stateCase, fork, address, gas);
  if (precompile?.kind !== "computed") return run({ ...message, input: tx.data }, false);
  const before = journal.checkpoint();
  const moved = run({ ...message, code: NO_KEY }, false);
  const available = Number(gas > GAS_MAX ? GAS_MAX : gas);
  const result = precompile.run(tx.data, available);
  if (!moved.ok || result === undefined) {
    journal.revert(before, false);
    return { ok: false, gasLeft: 0n, output: NO_KEY };
  }
  world.addMark(world.account(address), MARK.TOUCHED);
  return { ok: true, gasLeft: gas - BigInt(result.gas), output: result.output };
}

function create({ stateCase, fork, world, rules, journal, run }: Execution, gas: bigint): Ended {
  const { transaction: tx, pre } = stateCase;
  const failed = { ok: false, gasLeft: 0n, output: NO_KEY };
  const address = createAddress(bytesOf(tx.sender), tx.nonce);
  const account = world.account(address);
  world.warm(account);
  const hasStorage = (pre.get(hexOf(address))?.storage.size ?? 0) > 0;
  const isTaken = world.code(account).length > 0 || !world.isZero(world.nonceCell(account));
  if (isTaken || hasStorage) return failed;
  const before = journal.checkpoint();
  const ended = run({ ...messageOf(stateCase, fork, address, gas), code: tx.data }, true);
  if (!ended.ok) return ended;
  const { output } = ended;
  const left = ended.gasLeft - DEPOSIT_BYTE * BigInt(output.length);
  const isRefused = output.length > rules.codeSizeMax || (rules.refuseEf && output[0] === 0xef);
  if (isRefused || left < 0n) {
    journal.revert(before, false);
    return failed;
  }
  if (output.length > 0) journal.writeBytes(world.codeCell(account), output);
  return { ...ended, gasLeft: left };
}

function messageOf(
  stateCase: StateCase,
  fork: TestedFork,
  to: Uint8Array,
  gas: bigint,
): EvmMessage {
  const { transaction: tx, block } = stateCase;
  const from = bytesOf(tx.sender);
  const environment: Environment = {
    origin: from,
    gasPrice: priceOf(fork, tx, block).gas,
    blobHashes: tx.blobHashes ?? [],
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
  return { from, to, value: tx.value, gas, fork, environment };
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
