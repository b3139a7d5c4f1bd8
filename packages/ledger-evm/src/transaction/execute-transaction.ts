import { type Engine, isOk, isTrap, type LogEntry } from "@dragoman/core";
import {
  createAddress,
  creationRequest,
  DESTROYED_COUNTER,
  DOMAIN,
  depositCode,
  type Environment,
  type EvmMessage,
  evmRequest,
  type ForkName,
  findPrecompile,
  isDelegation,
  isTaken,
  MARK,
  machineOf,
  REFUND_COUNTER,
  type Rules,
  scheduleOf,
  type World,
  worldOf,
} from "@dragoman/frontend-evm";
import {
  ADDRESS_COLLISION,
  depositFailure,
  type FrameFailure,
  type FrameTrace,
  precompileFailure,
} from "@dragoman/frontend-evm/trace";
import { applyAuthorizations } from "./authorization.ts";
import type { TransactionFields } from "./evm-transaction.ts";
import { intrinsicGas } from "./intrinsic-gas.ts";
import { traceRoot, traceRootEnd, traceStart } from "./trace-transaction.ts";

const NOTHING = new Uint8Array(0);

/** A valid transaction with its price. */
export interface PricedTransaction
  extends Pick<
    TransactionFields,
    "nonce" | "gasLimit" | "to" | "value" | "data" | "accessList" | "authorizations"
  > {
  readonly sender: Uint8Array;
  /** What of the gas price goes to the coinbase, wei. */
  readonly tip: bigint;
  /** Burnt for blobs, wei. */
  readonly blobFee?: bigint;
}

export interface ExecutedCall {
  readonly ok: boolean;
  /** The engine's outcome: 0x100 = reverted, from 0x200 on an exceptional halt. */
  readonly outcome: number;
  readonly output: Uint8Array;
  readonly gasUsed: bigint;
  /** Gas used before refunds: what the transaction must be given at least. */
  readonly gasPeak: bigint;
  readonly logs: readonly LogEntry[];
  /** Address of the contract that was created. */
  readonly created: Uint8Array | undefined;
}

interface Execution {
  readonly engine: Engine;
  readonly tx: PricedTransaction;
  readonly environment: Environment;
  readonly fork: ForkName;
  readonly rules: Readonly<Rules>;
  readonly world: World;
  readonly trace: FrameTrace | undefined;
}

/** How the first frame ended. */
export interface Ended {
  readonly outcome: number;
  readonly gasLeft: bigint;
  readonly output: Uint8Array;
  /** Why it failed if its code did not. */
  readonly failure?: FrameFailure | undefined;
}

/** Ending of what failed outside the engine. */
const failed = (outcome: number, failure: FrameFailure | undefined): Ended => ({
  outcome,
  gasLeft: 0n,
  output: NOTHING,
  failure,
});
const OUT_OF_GAS = 0x200;
const CREATE_COLLISION = 0x306;
const PRECOMPILE_FAILURE = 0x308;

/**
 * Executes a valid transaction on the engine's journal, as a transaction of its own: buys gas, runs, refunds, pays the coinbase, removes what
 * destroyed itself (yellow paper, section 6). `environment.gasPrice` is what a unit of gas costs the sender. `trace` hears of all that happens.
 */
export function executeTransaction(
  engine: Engine,
  tx: PricedTransaction,
  environment: Environment,
  fork: ForkName,
  trace?: FrameTrace,
): ExecutedCall {
  const { journal } = engine;
  const { rules } = scheduleOf(fork);
  const execution = { engine, tx, environment, fork, rules, world: worldOf(journal), trace };
  const { world } = execution;
  journal.beginTransaction();
  if (trace !== undefined) traceStart(trace, tx, environment, fork, world);
  const sender = world.account(tx.sender);
  const intrinsic = intrinsicGas(rules, tx);
  addBalance(world, sender, -(tx.gasLimit * environment.gasPrice + (tx.blobFee ?? 0n)));
  journal.writeWord(world.nonceCell(sender), tx.nonce + 1n);
  warmUp(execution);
  applyAuthorizations(world, tx.authorizations ?? [], environment.chainId);
  const gas = tx.gasLimit - intrinsic.before;
  if (trace !== undefined) traceRoot(trace, tx, gas);
  const ended = tx.to === undefined ? create(execution, gas) : call(execution, tx.to, gas);
  if (trace !== undefined) traceRootEnd(trace, ended, gas);
  const { gasUsed, gasPeak } = settleGas(execution, ended.gasLeft, intrinsic.floor);
  addBalance(world, sender, (tx.gasLimit - gasUsed) * environment.gasPrice);
  const coinbase = world.account(environment.coinbase);
  world.addMark(coinbase, MARK.TOUCHED);
  addBalance(world, coinbase, gasUsed * tx.tip);
  if (journal.counter(DESTROYED_COUNTER) > 0) removeDestroyed(world);
  trace?.end(gasUsed);
  const { outcome, output } = ended;
  const ok = isOk(outcome);
  const created = ok && tx.to === undefined ? createAddress(tx.sender, tx.nonce) : undefined;
  return { ok, outcome, output, gasUsed, gasPeak, logs: [...journal.logs], created };
}

/** Gas that is paid for: less the refund (EIP-3529), but not below the floor of calldata (EIP-7623). */
function settleGas(
  { tx, rules, engine }: Execution,
  gasLeft: bigint,
  floor: bigint,
): { gasUsed: bigint; gasPeak: bigint } {
  const used = tx.gasLimit - gasLeft;
  const most = used / BigInt(rules.refundQuotient);
  const counted = BigInt(engine.journal.counter(REFUND_COUNTER));
  const paid = used - (counted > most ? most : counted);
  return { gasUsed: paid > floor ? paid : floor, gasPeak: used > floor ? used : floor };
}

function addBalance(world: World, account: number, wei: bigint): void {
  const cell = world.balanceCell(account);
  world.journal.writeWord(cell, world.journal.readWord(cell) + wei);
}

/** Accounts and slots that a transaction names beforehand count as accessed (EIP-2930); the rest is warmed by the call itself. */
function warmUp({ tx, world }: Execution): void {
  world.warm(world.account(tx.sender));
  for (const { address, slots } of tx.accessList) {
    const account = world.account(address);
    world.warm(account);
    for (const slot of slots) {
      world.warmCell(world.journal.cell(world.domains.storage, account, slot));
    }
  }
}

function run({ engine, fork, environment, tx, trace }: Execution, message: MessagePart): Ended {
  const full: EvmMessage = {
    from: tx.sender,
    value: tx.value,
    fork,
    environment,
    trace,
    ...message,
  };
  const { code } = full;
  const request =
    message.creates === true && code !== undefined
      ? creationRequest(engine.journal, { ...full, code })
      : evmRequest(engine.journal, full);
  const { outcome, gasLeft, output } = engine.execute(request);
  return { outcome, gasLeft: isTrap(outcome) ? 0n : gasLeft, output };
}

type MessagePart = Pick<EvmMessage, "to" | "gas" | "input" | "code"> & { readonly creates?: true };

function call(execution: Execution, to: Uint8Array, gas: bigint): Ended {
  const { tx, world, engine, fork, rules } = execution;
  const precompile = findPrecompile(machineOf({ fork }), to);
  if (precompile?.kind !== "computed") {
    const code = world.code(world.account(to));
    if (!rules.delegation || !isDelegation(code))
      return run(execution, { to, gas, input: tx.data });
    const delegate = world.account(code.slice(3));
    world.warm(delegate);
    return run(execution, { to, gas, input: tx.data, code: world.code(delegate) });
  }
  world.reachPrecompile(world.account(to));
  const before = engine.journal.checkpoint();
  const moved = run(execution, { to, gas, code: NOTHING });
  const result = precompile.run(tx.data, Math.min(Number(gas), Number.MAX_SAFE_INTEGER));
  if (!isOk(moved.outcome) || result === undefined) {
    engine.journal.revert(before, false);
    return failed(PRECOMPILE_FAILURE, precompileFailure(precompile, tx.data));
  }
  world.addMark(world.account(to), MARK.TOUCHED);
  return { outcome: 0, gasLeft: gas - BigInt(result.gas), output: result.output };
}

function create(execution: Execution, gas: bigint): Ended {
  const { tx, world, rules, engine } = execution;
  const { journal } = engine;
  const address = createAddress(tx.sender, tx.nonce);
  const account = world.account(address);
  world.warm(account);
  if (isTaken(world, account)) return failed(CREATE_COLLISION, ADDRESS_COLLISION);
  const before = journal.checkpoint();
  const ended = run(execution, { to: address, gas, code: tx.data, creates: true });
  if (!isOk(ended.outcome)) return ended;
  const { output } = ended;
  const price = depositCode(world, rules, account, output, Number(ended.gasLeft));
  const failure = depositFailure(rules, output, Number(ended.gasLeft));
  if (price < 0) {
    journal.revert(before, false);
    return failed(OUT_OF_GAS, failure);
  }
  // Before EIP-2 code that cannot be paid is left out, and only those who watch are told.
  return { ...ended, gasLeft: ended.gasLeft - BigInt(price), failure };
}

/** Before EIP-6780 an account has cells in the state below that this journal never saw. */
function removeDestroyed(world: World): void {
  const { journal, domains } = world;
  for (const number of world.marked(MARK.DESTROYED)) {
    journal.writeWord(world.balanceCell(number), 0n);
    journal.writeWord(world.nonceCell(number), 0n);
    journal.writeBytes(world.codeCell(number), undefined);
    const address = world.addressOf(number);
    for (const key of journal.state.keys?.(DOMAIN.STORAGE, address) ?? []) {
      journal.writeWord(journal.cell(domains.storage, number, key), 0n);
    }
  }
  for (const { domain, account, key } of journal.changes()) {
    if (domain !== DOMAIN.STORAGE) continue;
    const number = world.account(account);
    if ((world.marks(number) & MARK.DESTROYED) === 0) continue;
    journal.writeWord(journal.cell(domains.storage, number, key), 0n);
  }
}
