import {
  Engine,
  type EngineOptions,
  isOk,
  isTrap,
  LinearMemory,
  MemoryState,
  OUTCOME,
  type StateReader,
} from "@dragoman/core";
import {
  type Account,
  readBalance,
  readCode,
  readNonce,
  readStorage,
  writeAccount,
} from "../account/accounts.ts";
import { REFUND_COUNTER } from "../account/domains.ts";
import { worldOf } from "../account/world.ts";
import { depositCode, isTaken } from "../host/create.ts";
import { createAddress } from "../host/create-address.ts";
import { isDelegation } from "../host/delegation.ts";
import type { Environment } from "../host/environment.ts";
import { machineOf } from "../load.ts";
import { creationRequest, type EvmMessage, evmRequest } from "../message.ts";
import { EVM_OUTCOME } from "../outcome.ts";
import { findPrecompile } from "../precompile/table.ts";
import type { ForkName } from "../schedule/forks.ts";
import { NEWEST_FORK } from "../schedule/schedule.ts";
import { type CallResult, exceptionOf } from "./call-result.ts";

export interface EvmOptions {
  /** Default: the newest fork. */
  readonly fork?: ForkName;
  /** interpret, compile to WebAssembly, or decide by hotness ("auto", the default). */
  readonly tier?: EngineOptions["tier"];
  /** Committed state under everything that is written here; default: empty. */
  readonly state?: StateReader;
  /** Linear memory; instances may share one, as calls do not overlap. */
  readonly memory?: LinearMemory;
}

export interface CallOptions {
  /** 20 bytes; default: all zero. */
  readonly caller?: Uint8Array;
  /** 20 bytes; absent: `data` is initcode, and a contract is created. */
  readonly to?: Uint8Array;
  /** Calldata or initcode. */
  readonly data?: Uint8Array;
  /** Default: 16,777,215. */
  readonly gasLimit?: bigint;
  /** Wei. */
  readonly value?: bigint;
  readonly isStatic?: boolean;
  /** The block and the transaction that the code sees. */
  readonly environment?: Partial<Environment>;
}

export interface CodeOptions extends Omit<CallOptions, "to"> {
  readonly code: Uint8Array;
  /** 20 bytes: the account that the code acts for; default: all zero. */
  readonly to?: Uint8Array;
}

interface Ended {
  readonly outcome: number;
  readonly gasUsed: bigint;
  readonly output: Uint8Array;
  readonly tier?: "interpret" | "compile";
}

const NOBODY = new Uint8Array(20);
const NOTHING = new Uint8Array(0);
const GAS_DEFAULT = 0xffffffn;
/** Told where the caller has not the value that it sends; no outcome of the machine, as nothing ran. */
const INSUFFICIENT_BALANCE = "INSUFFICIENT_BALANCE";

/**
 * The EVM alone: accounts, calls and bare code, without blocks, transactions and fees. Each call is a transaction of its own as to
 * warm slots (EIP-2929), transient storage (EIP-1153) and refunds; what a successful call wrote stays for the next one.
 */
export class Evm {
  readonly fork: ForkName;
  readonly engine: Engine;

  constructor({ fork, tier, state, memory }: EvmOptions = {}) {
    this.fork = fork ?? NEWEST_FORK;
    this.engine = new Engine({
      state: state ?? new MemoryState(),
      tier,
      memory: memory ?? new LinearMemory(),
    });
  }

  /** Writes what is given of an account. */
  putAccount(address: Uint8Array, account: Account): void {
    writeAccount(this.engine.journal, address, account);
  }

  getAccount(address: Uint8Array): Required<Omit<Account, "storage" | "exists">> {
    const { journal } = this.engine;
    return {
      balance: readBalance(journal, address),
      nonce: readNonce(journal, address),
      code: readCode(journal, address),
    };
  }

  getStorage(address: Uint8Array, slot: bigint): bigint {
    return readStorage(this.engine.journal, address, slot);
  }

  /** Calls an account, a precompile, or creates a contract. */
  runCall(options: CallOptions): CallResult {
    const { to, caller = NOBODY } = options;
    if (readBalance(this.engine.journal, caller) < (options.value ?? 0n)) {
      return {
        ...this.#result({ outcome: OUTCOME.REVERT, gasUsed: 0n, output: NOTHING }),
        exceptionError: INSUFFICIENT_BALANCE,
      };
    }
    this.engine.journal.beginTransaction();
    if (to === undefined) return this.#create(options, caller);
    const precompile = findPrecompile(machineOf(this), to);
    if (precompile?.kind !== "computed") return this.#result(this.#call(options, to));
    const gas = options.gasLimit ?? GAS_DEFAULT;
    const result = precompile.run(options.data ?? NOTHING, Number(gas));
    if (result === undefined) {
      return this.#result({
        outcome: EVM_OUTCOME.PRECOMPILE_FAILURE,
        gasUsed: gas,
        output: NOTHING,
      });
    }
    const moved = this.#run({ ...messageOf(options), to, code: NOTHING });
    return this.#result({ ...moved, gasUsed: BigInt(result.gas), output: result.output });
  }

  /** Runs bytecode that no account needs to have. */
  runCode({ code, to = NOBODY, ...options }: CodeOptions): CallResult {
    this.engine.journal.beginTransaction();
    return this.#result(this.#run({ ...messageOf(options), to, code }));
  }

  #call(options: CallOptions, to: Uint8Array): Ended {
    const world = worldOf(this.engine.journal);
    const code = world.code(world.account(to));
    if (!machineOf(this).schedule.rules.delegation || !isDelegation(code)) {
      return this.#run({ ...messageOf(options), to });
    }
    const delegate = world.account(code.slice(3));
    world.warm(delegate);
    return this.#run({ ...messageOf(options), to, code: world.code(delegate) });
  }

  #create(options: CallOptions, caller: Uint8Array): CallResult {
    const { journal } = this.engine;
    const world = worldOf(journal);
    const { rules } = machineOf(this).schedule;
    const nonce = readNonce(journal, caller);
    const address = createAddress(caller, nonce);
    const account = world.account(address);
    writeAccount(journal, caller, { nonce: nonce + 1n });
    world.warm(account);
    const gas = options.gasLimit ?? GAS_DEFAULT;
    if (isTaken(world, account)) {
      return this.#result({ outcome: EVM_OUTCOME.CREATE_COLLISION, gasUsed: gas, output: NOTHING });
    }
    const before = journal.checkpoint();
    const ended = this.#run(
      { ...messageOf(options), to: address, code: options.data ?? NOTHING },
      true,
    );
    if (!isOk(ended.outcome)) return this.#result(ended);
    const price = depositCode(world, rules, account, ended.output, Number(gas - ended.gasUsed));
    if (price < 0) {
      journal.revert(before, false);
      return this.#result({ outcome: OUTCOME.OUT_OF_GAS, gasUsed: gas, output: NOTHING });
    }
    const result = this.#result({ ...ended, gasUsed: ended.gasUsed + BigInt(price) });
    return { ...result, createdAddress: address };
  }

  #run(message: EvmMessage, creates = false): Ended {
    const { journal } = this.engine;
    const full = { ...message, fork: this.fork };
    const request =
      creates && full.code !== undefined
        ? creationRequest(journal, { ...full, code: full.code })
        : evmRequest(journal, full);
    const { outcome, gasUsed, output, tier } = this.engine.execute(request);
    return { outcome, gasUsed: isTrap(outcome) ? message.gas : gasUsed, output, tier };
  }

  #result({ outcome, gasUsed, output, tier = "interpret" }: Ended): CallResult {
    const { journal } = this.engine;
    const exceptionError = exceptionOf(outcome);
    return {
      ok: exceptionError === undefined,
      ...(exceptionError === undefined ? {} : { exceptionError }),
      returnValue: output,
      executionGasUsed: gasUsed,
      gasRefund: isOk(outcome) ? BigInt(journal.counter(REFUND_COUNTER)) : 0n,
      logs: [...journal.logs],
      tier,
    };
  }
}

function messageOf(options: CallOptions): Omit<EvmMessage, "to"> {
  const { caller, data, value, isStatic, environment, gasLimit } = options;
  return {
    gas: gasLimit ?? GAS_DEFAULT,
    ...(caller === undefined ? {} : { from: caller }),
    ...(data === undefined ? {} : { input: data }),
    ...(value === undefined ? {} : { value }),
    ...(isStatic === undefined ? {} : { isStatic }),
    ...(environment === undefined ? {} : { environment }),
  };
}
