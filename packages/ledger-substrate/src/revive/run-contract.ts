import { encodeHex } from "@dragoman/bytes";
import { type CellChange, Engine, isOk, isRevert, LinearMemory, OUTCOME } from "@dragoman/core";
import { keccak256 } from "@dragoman/crypto";
import {
  create2Address,
  createAddress,
  creationRequest,
  type Environment,
  evmRequest,
  MARK,
  worldOf,
} from "@dragoman/frontend-evm";
import type { Execution } from "../block/execution.ts";
import { accountInfo } from "../runtime/accounts.ts";
import {
  MAX_BLOCK_WEIGHT,
  NATIVE_TO_ETH_RATIO,
  REF_TIME_PER_GAS,
  REF_TIME_PER_PLANCK,
} from "../runtime/parameters.ts";
import type { DispatchError } from "../runtime/primitives.ts";
import { EVM_CHAIN_ID } from "../runtime/revive.ts";
import { eventOf, moduleError } from "../runtime/runtime.ts";
import { accountOf, addressOf, isMapped } from "./account-mapping.ts";
import { codeOf, reviveState, weiOf, writeChanges } from "./revive-state.ts";

/** Fork whose rules contracts run under. */
const FORK = "osaka";
const CODE_BYTES_MAX = 24_576;
const INITCODE_BYTES_MAX = 49_152;
const GAS_PER_CODE_BYTE = 200n;
const INVALID_FIRST_BYTE = 0xef;
/** Wei for one unit of gas, as contracts see it: what its weight costs. */
const GAS_PRICE = (REF_TIME_PER_GAS / REF_TIME_PER_PLANCK) * NATIVE_TO_ETH_RATIO;
const NO_BYTES = new Uint8Array(0);

/** A call or creation that comes from outside. */
export interface ContractRun {
  /** Account of 32 bytes. */
  readonly origin: Uint8Array;
  /** Address that is called; undefined: `data` is initcode of a new contract. */
  readonly dest: Uint8Array | undefined;
  /** Plancks. */
  readonly value: bigint;
  readonly gas: bigint;
  readonly data: Uint8Array;
  /** 32 bytes: creation at the address of CREATE2. */
  readonly salt?: Uint8Array | undefined;
  /** Number of the origin's transaction, which makes the address of CREATE. */
  readonly nonce: number;
}

export interface ContractOutcome {
  readonly error: DispatchError | undefined;
  /** Return data, or revert data. */
  readonly output: Uint8Array;
  readonly gasUsed: bigint;
  readonly isReverted: boolean;
  /** Address that was called or created. */
  readonly contract: Uint8Array;
}

const failed = (
  error: DispatchError,
  gasUsed: bigint,
  contract: Uint8Array = NO_BYTES,
): ContractOutcome => ({ error, output: NO_BYTES, gasUsed, isReverted: false, contract });

let memory: LinearMemory | undefined;

/** Runs EVM code on the chain's storage. The caller undoes what was written if the outcome has an error. */
export function runContract(execution: Execution, run: ContractRun): ContractOutcome {
  const { storage } = execution;
  if (!isMapped(storage, run.origin)) return failed(moduleError("Revive", "AccountUnmapped"), 0n);
  const from = addressOf(run.origin);
  const value = run.value * NATIVE_TO_ETH_RATIO;
  if (weiOf(execution, from) < value) return failed(moduleError("Revive", "TransferFailed"), 0n);
  const target = run.dest ?? newAddress(from, run);
  if (run.dest === undefined) {
    const refused = refuseCreation(execution, target, run.data);
    if (refused !== undefined) return failed(refused, 0n);
  }
  memory ??= new LinearMemory();
  const engine = new Engine({ state: reviveState(execution), memory });
  const { journal } = engine;
  const environment = environmentOf(execution, from);
  const message = { from, to: target, value, gas: run.gas, fork: FORK, environment } as const;
  const request =
    run.dest === undefined
      ? creationRequest(journal, { ...message, code: run.data })
      : evmRequest(journal, { ...message, input: run.data });
  const { outcome, output, gasUsed } = engine.execute(request);
  if (!isOk(outcome)) {
    const isReverted = isRevert(outcome);
    const outOfGas = outcome === OUTCOME.OUT_OF_GAS ? "OutOfGas" : "ContractTrapped";
    const error = moduleError("Revive", isReverted ? "ContractReverted" : outOfGas);
    return { error, output, gasUsed, isReverted, contract: target };
  }
  const deposit = run.dest === undefined ? BigInt(output.length) * GAS_PER_CODE_BYTE : 0n;
  if (run.dest === undefined) {
    if (gasUsed + deposit > run.gas) return failed(moduleError("Revive", "OutOfGas"), run.gas);
    if (output.length > CODE_BYTES_MAX || output[0] === INVALID_FIRST_BYTE) {
      return failed(moduleError("Revive", "BlobTooLarge"), run.gas, target);
    }
    const world = worldOf(journal);
    journal.writeBytes(world.codeCell(world.account(target)), output);
  }
  const changes = withoutDestroyed(engine);
  if (!writeChanges(execution, changes, run.origin)) {
    return failed(moduleError("Revive", "StorageDepositNotEnoughFunds"), gasUsed, target);
  }
  emitEvents(execution, engine, run, { from, target });
  return {
    error: undefined,
    output,
    gasUsed: gasUsed + deposit,
    isReverted: false,
    contract: target,
  };
}

function newAddress(from: Uint8Array, { salt, data, nonce }: ContractRun): Uint8Array {
  return salt === undefined
    ? createAddress(from, BigInt(nonce))
    : create2Address(from, salt, keccak256(data));
}

function refuseCreation(
  execution: Execution,
  address: Uint8Array,
  initcode: Uint8Array,
): DispatchError | undefined {
  if (initcode.length > INITCODE_BYTES_MAX) return moduleError("Revive", "BlobTooLarge");
  const { nonce } = accountInfo(execution, accountOf(execution.storage, address));
  const isTaken = nonce > 0 || codeOf(execution.storage, address) !== undefined;
  return isTaken ? moduleError("Revive", "DuplicateContract") : undefined;
}

function environmentOf({ storage, block }: Execution, origin: Uint8Array): Partial<Environment> {
  return {
    origin,
    gasPrice: GAS_PRICE,
    timestamp: BigInt(block.timestamp),
    number: BigInt(block.number),
    prevRandao: BigInt(encodeHex(block.parentHash)),
    gasLimit: MAX_BLOCK_WEIGHT / REF_TIME_PER_GAS,
    chainId: EVM_CHAIN_ID,
    baseFee: GAS_PRICE,
    blockHash: (number) =>
      BigInt(encodeHex(storage.get("System", "BlockHash", Number(number)) ?? Uint8Array.of(0))),
  };
}

/** Changes of the journal but for the code, nonce and storage of contracts that destroyed themselves in the run that made them (EIP-6780). */
function withoutDestroyed({ journal }: Engine): CellChange[] {
  const world = worldOf(journal);
  const isGone = (address: Uint8Array): boolean =>
    (world.marks(world.account(address)) & MARK.DESTROYED) !== 0;
  return journal
    .changes()
    .filter(({ domain, account }) => domain === "evm.balance" || !isGone(account));
}

function emitEvents(
  execution: Execution,
  { journal }: Engine,
  run: ContractRun,
  { from, target }: { readonly from: Uint8Array; readonly target: Uint8Array },
): void {
  if (run.value > 0n) {
    const to = accountOf(execution.storage, target);
    execution.emit(eventOf("Balances", "Transfer", { from: run.origin, to, amount: run.value }));
  }
  for (const { account, data, topics } of journal.logs) {
    execution.emit(eventOf("Revive", "ContractEmitted", { contract: account, data, topics }));
  }
  if (run.dest === undefined) {
    execution.emit(eventOf("Revive", "Instantiated", { deployer: from, contract: target }));
  }
}
