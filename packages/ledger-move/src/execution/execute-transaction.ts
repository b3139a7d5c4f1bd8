import { type CellChange, type Engine, OUTCOME } from "@dragoman/core";
import { assert, FaultError } from "@dragoman/fault";
import { MoveFault, type MoveMessage } from "@dragoman/frontend-move";
import { GAS_PARAMETERS, gasUnits, intrinsicGas } from "../gas-parameters.ts";
import { eventsOf, type MoveEvent } from "../move-event.ts";
import { moduleNameOf, type SignedTransaction } from "../transaction/transaction.ts";
import { payerOf } from "../transaction/validate.ts";
import { abortInfo } from "./abort-info.ts";
import { type ExecutionStatus, SUCCESS } from "./execution-status.ts";
import { initialiseModule } from "./initialise-module.ts";
import { failureOf, type MoveMachine, type MoveRun } from "./move-machine.ts";
import { PublishAbort } from "./package-registry.ts";
import { publishPackage } from "./publish-package.ts";
import { decodePublishRequest, isPublishRequest } from "./publish-request.ts";
import { chargeStorage, type StorageFee, storageGas } from "./storage-fee.ts";
import { transactionFacts } from "./transaction-facts.ts";

/** What a transaction did. */
export interface ExecutionResult {
  readonly status: ExecutionStatus;
  /** Gas units. */
  readonly gasUsed: bigint;
  readonly changes: readonly CellChange[];
  readonly events: readonly MoveEvent[];
}

/** How far a transaction has come: internal gas units, and how it ended. */
interface Progress {
  readonly status: ExecutionStatus;
  readonly used: bigint;
}

/**
 * Executes a transaction that has passed the checks, in the engine of its block: its payload, then the epilogue, which takes the fee and raises the sequence number. A
 * payload that fails leaves no trace; its fee is paid all the same.
 */
export function executeTransaction(
  machine: MoveMachine,
  engine: Engine,
  transaction: SignedTransaction,
): ExecutionResult {
  const { journal } = engine;
  const start = journal.checkpoint();
  const intrinsic = intrinsicGas(transaction.bytes.length);
  let { status, used } = runPayload(machine, engine, transaction, intrinsic);
  const { sender, maxGasAmount, gasUnitPrice, nonce, expiration } = transaction;
  const payer = payerOf(transaction);
  const executionGas = smaller(gasUnits(intrinsic + used), maxGasAmount);
  let gasUsed = executionGas;
  let storage = NO_STORAGE;
  if (status.kind === "success") {
    storage = chargeStorage(journal, journal.changesSince(start));
    gasUsed += storageGas(storage.fee, gasUnitPrice);
    if (storage.fee > GAS_PARAMETERS.STORAGE_FEE_MAX) {
      status = { kind: "miscellaneous", status: "STORAGE_LIMIT_REACHED" };
    } else if (gasUsed > maxGasAmount) {
      status = { kind: "outOfGas" };
    }
  }
  gasUsed = smaller(gasUsed, maxGasAmount);
  const undo = (): void => {
    journal.revert(start, false);
    storage = { fee: storage.fee, refund: 0n };
  };
  if (status.kind !== "success") undo();
  const settle = (): boolean => {
    const amounts = [gasUnitPrice, gasUsed, executionGas, storage.fee, storage.refund];
    const args = [sender, payer, ...amounts.map(String)];
    const epilogue = "transaction_validation::epilogue";
    if (nonce === undefined) return machine.callFramework(engine, epilogue, args);
    const orderless = "transaction_validation::orderless_epilogue";
    return machine.callFramework(engine, orderless, [...args, `${nonce}`, `${expiration}`]);
  };
  if (!settle()) {
    // The payload has spent what the fee needs.
    undo();
    status = OUT_OF_BALANCE;
    assert(settle(), "a transaction that was admitted can pay its fee");
  }
  const changes = journal.changesSince(start);
  return { status, gasUsed, changes, events: eventsOf(journal.logs.slice(start.logs)) };
}

const NO_STORAGE: StorageFee = { fee: 0n, refund: 0n };
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

const OUT_OF_BALANCE: ExecutionStatus = {
  kind: "abort",
  module: "0x1::transaction_validation",
  code: 0x203edn,
};

function runPayload(
  machine: MoveMachine,
  engine: Engine,
  transaction: SignedTransaction,
  intrinsic: bigint,
): Progress {
  const paid = transaction.maxGasAmount * GAS_PARAMETERS.SCALING - intrinsic;
  const logs = engine.journal.logs.length;
  const isCapped = paid > GAS_PARAMETERS.EXECUTION_MAX;
  const gas = isCapped ? GAS_PARAMETERS.EXECUTION_MAX : paid;
  try {
    const run = machine.run(engine, payloadMessage(transaction, gas, machine.chainId));
    const used = run.result.gasUsed;
    if (run.result.outcome !== OUTCOME.OK) return { status: statusOf(run, isCapped), used };
    return installPackages(machine, engine, transaction, logs, { used, gas });
  } catch (error) {
    return { status: statusOfFault(error), used: 0n };
  }
}

/** The message that a payload is: its function gets the signers of the sender and of those who sign with it. */
export function payloadMessage(
  transaction: SignedTransaction,
  gas: bigint,
  chainId: number,
): MoveMessage {
  const { sender, payload, authenticator } = transaction;
  const { typeArguments, args } = payload;
  const signers = [sender, ...authenticator.secondary.map(({ address }) => address)];
  const facts = transactionFacts(transaction, chainId);
  const call = { typeArguments, args, sender, signers, gas, transaction: facts };
  if (payload.kind === "script") {
    return { ...call, module: "", function: "main", script: payload.code };
  }
  return { ...call, module: moduleNameOf(payload), function: payload.function, entryOnly: true };
}

/**
 * Installs the packages that the payload asked to publish, in log entries from `start` on, and runs the `init_module` of modules that are new.
 * `used` of `gas` is spent.
 */
function installPackages(
  machine: MoveMachine,
  engine: Engine,
  transaction: SignedTransaction,
  start: number,
  { gas, ...progress }: { readonly used: bigint; readonly gas: bigint },
): Progress {
  let { used } = progress;
  const { journal } = engine;
  const requests = journal.logs.slice(start).filter(isPublishRequest).map(decodePublishRequest);
  try {
    for (const request of requests) {
      for (const name of publishPackage(request, journal, machine.programs)) {
        const run = initialiseModule(machine, engine, name, {
          publisher: request.owner,
          gas: gas - used,
          transaction: transactionFacts(transaction, machine.chainId),
        });
        if (run === undefined) continue;
        used += run.result.gasUsed;
        if (run.result.outcome !== OUTCOME.OK) return { status: statusOf(run, false), used };
      }
    }
  } catch (error) {
    return { status: statusOfFault(error), used };
  }
  return { status: SUCCESS, used };
}

/** The status of a run that failed. */
export function statusOf(run: MoveRun, isCapped: boolean): ExecutionStatus {
  const failure = failureOf(run);
  const { status, module, function: index, offset } = failure;
  if (run.result.outcome === OUTCOME.OUT_OF_GAS) {
    return isCapped
      ? { kind: "miscellaneous", status: "EXECUTION_LIMIT_REACHED" }
      : { kind: "outOfGas" };
  }
  const own = run.request.program.instance.fn.module;
  if (failure.abortCode !== undefined) {
    const where = module ?? own.name;
    const info = abortInfo(where, failure.abortCode);
    const abort = { kind: "abort", module: where, code: failure.abortCode } as const;
    return info === undefined ? abort : { ...abort, info };
  }
  if (module === undefined || index === undefined || offset === undefined) {
    return { kind: "miscellaneous", status };
  }
  const owner = module === own.name ? own : own.linkage.module(module);
  const name = owner.functions[index]?.name ?? String(index);
  return { kind: "failure", module, function: name, offset, status };
}

/** The status of a payload that could not begin, or of a package that was refused. Anything but a refusal is rethrown. */
function statusOfFault(error: unknown): ExecutionStatus {
  if (error instanceof PublishAbort) {
    const info = { name: error.reason, description: error.message };
    return { kind: "abort", module: "0x1::code", code: error.code, info };
  }
  if (error instanceof MoveFault) return { kind: "miscellaneous", status: error.status };
  if (error instanceof FaultError) {
    return { kind: "miscellaneous", status: "FAILED_TO_DESERIALIZE_ARGUMENT" };
  }
  throw error;
}
