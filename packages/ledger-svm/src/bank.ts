import { encodeHex } from "@dragoman/bytes";
import { type CellChange, Engine, type LinearMemory, type StateReader } from "@dragoman/core";
import {
  type AccountMeta,
  executeInstruction,
  type RecordedCall,
  readAccount,
  readReturnData,
  recordedCall,
  type SvmAccount,
  type SvmInstruction,
  type SvmPrograms,
  type SvmTransaction,
  writeAccount,
} from "@dragoman/frontend-sbpf";
import { BankState } from "./bank-state.ts";
import { type ComputeBudget, feeOf, readComputeBudget } from "./compute-budget.ts";
import { durableNonce } from "./durable-nonce.ts";
import { checkEd25519, isEd25519Precompile } from "./ed25519-precompile.ts";
import type { ExecutedTransaction, RefusedTransaction } from "./executed-transaction.ts";
import {
  INSTRUCTIONS_SYSVAR,
  INSTRUCTIONS_SYSVAR_HEX,
  instructionsSysvar,
} from "./instructions-sysvar.ts";
import { checkPrograms, loadedBytes, payFee } from "./load-transaction.ts";
import { LogCollector } from "./log-collector.ts";
import { messageAccounts, messageInstructions } from "./message-accounts.ts";
import { mayLeaveRent } from "./rent.ts";
import type { SvmTransactionEnvelope } from "./signed-transaction.ts";
import { type SlotPlace, SYSVAR_OWNER } from "./sysvar-accounts.ts";
import { tokenBalances } from "./token-balance.ts";
import { instructionError, type TransactionError } from "./transaction-error.ts";

const HEIGHT_MAX = 5;

export interface BankOptions {
  readonly state: StateReader;
  readonly place: () => SlotPlace;
  readonly programs: SvmPrograms;
  readonly memory: LinearMemory;
  /** Newest blockhash: that of the block below. */
  readonly blockhash: Uint8Array;
  /** Whether a transaction may name the blockhash. */
  readonly isRecent: (blockhash: Uint8Array) => boolean;
}

export interface ExecuteOptions {
  /** Default: true; without, any blockhash will do. */
  readonly checksBlockhash?: boolean | undefined;
}

/** The end of running a transaction's instructions. */
interface Run {
  readonly error: TransactionError | undefined;
  readonly unitsConsumed: number;
  readonly logs: readonly string[];
  readonly inner: ExecutedTransaction["inner"];
  readonly returnData: ExecutedTransaction["returnData"];
}

/** The state of one block that is being made: transactions run on it one after the other. */
export class Bank {
  readonly #engine: Engine;
  readonly #programs: SvmPrograms;
  readonly #state: BankState;
  readonly #blockhash: Uint8Array;
  readonly #isRecent: BankOptions["isRecent"];

  constructor({ state, place, programs, memory, blockhash, isRecent }: BankOptions) {
    this.#blockhash = blockhash;
    this.#isRecent = isRecent;
    this.#state = new BankState(state, place);
    this.#engine = new Engine({ state: this.#state, memory });
    this.#programs = programs;
  }

  /** The account as it is now. */
  account(key: Uint8Array): SvmAccount | undefined {
    return readAccount(this.#engine.journal, key);
  }

  /** Writes an account by decree. */
  decree(key: Uint8Array, account: SvmAccount | undefined): void {
    writeAccount(this.#engine.journal, key, account);
  }

  /** What all transactions together changed. */
  changes(): CellChange[] {
    return this.#engine.journal.changes();
  }

  /** Runs a transaction whose signatures are checked already. */
  execute(
    transaction: SvmTransactionEnvelope,
    { checksBlockhash = true }: ExecuteOptions = {},
  ): ExecutedTransaction | RefusedTransaction {
    const { message } = transaction;
    const { journal } = this.#engine;
    journal.beginTransaction();
    if (new Set(message.keys.map((key) => encodeHex(key))).size < message.keys.length) {
      return { refused: "AccountLoadedTwice" };
    }
    const asked = readComputeBudget(message);
    if ("error" in asked) return { refused: asked.error };
    const read = (key: Uint8Array): SvmAccount | undefined => readAccount(journal, key);
    const needsNonce = checksBlockhash && !this.#isRecent(message.recentBlockhash);
    const nonce = needsNonce ? durableNonce(message, read, this.#blockhash) : undefined;
    if (needsNonce && nonce === undefined) return { refused: "BlockhashNotFound" };
    const fee = feeOf(message, asked.budget);
    const before = message.keys.map(read);
    const preTokens = tokenBalances(message.keys, read);
    const refused = payFee(journal, message.keys[0]!, fee);
    if (refused !== undefined) return { refused };
    const paid = journal.checkpoint();
    const accounts = messageAccounts(message);
    const run = this.#run(transaction, accounts, asked.budget);
    const error = run.error ?? rentError(accounts, before, read);
    if (error !== undefined) {
      journal.revert(paid, true);
      if (nonce !== undefined) writeAccount(journal, nonce.key, nonce.advanced);
    }
    this.#purge(message.keys);
    return {
      ...{ transaction, ...run, error, fee },
      preBalances: before.map((account) => account?.lamports ?? 0n),
      postBalances: message.keys.map((key) => read(key)?.lamports ?? 0n),
      preTokens,
      postTokens: tokenBalances(message.keys, read),
    };
  }

  #run(
    { message }: SvmTransactionEnvelope,
    accounts: readonly AccountMeta[],
    budget: ComputeBudget,
  ): Run {
    const { journal } = this.#engine;
    const logs = new LogCollector();
    const inner: { index: number; calls: RecordedCall[] }[] = [];
    const shared = this.#shared(budget);
    let unitsLeft = BigInt(budget.unitLimit);
    const end = (error?: TransactionError): Run => {
      const { programId, data } = readReturnData(journal);
      return {
        ...{ error, logs: logs.lines, inner },
        unitsConsumed: budget.unitLimit - Number(unitsLeft),
        returnData: data.length === 0 ? undefined : { programId, data },
      };
    };
    const missing = checkPrograms(journal, this.#programs, message);
    if (missing !== undefined) return end(missing);
    if (loadedBytes(journal, message.keys) > budget.loadedBytesMax) {
      return end("MaxLoadedAccountsDataSizeExceeded");
    }
    const showsItself = accounts.some(({ key }) => encodeHex(key) === INSTRUCTIONS_SYSVAR_HEX);
    for (const [index, instruction] of messageInstructions(message, accounts).entries()) {
      if (isEd25519Precompile(instruction.programId)) {
        const custom = checkEd25519(message, index);
        if (custom === undefined) continue;
        return end({ InstructionError: [index, { Custom: custom }] });
      }
      if (showsItself) this.#showInstructions(instructionsSysvar(message, index));
      const result = this.#runOne(shared, instruction, unitsLeft, logs);
      unitsLeft -= result.gasUsed;
      if (result.calls.length > 0) inner.push({ index, calls: result.calls });
      if (result.failure !== undefined) return end(instructionError(index, result.failure));
    }
    if (showsItself) writeAccount(journal, INSTRUCTIONS_SYSVAR, undefined);
    return end();
  }

  #shared({ heapBytes }: ComputeBudget): SvmTransaction {
    return {
      findProgram: this.#programs.find,
      sysvar: (idHex) => this.#state.sysvar(idHex)?.data,
      heapBytes,
      heightMax: HEIGHT_MAX,
      blockhash: this.#blockhash,
      recordsCalls: true,
    };
  }

  #runOne(
    shared: SvmTransaction,
    instruction: SvmInstruction,
    units: bigint,
    lines: LogCollector,
  ): ReturnType<typeof executeInstruction> & { readonly calls: RecordedCall[] } {
    const { logs } = this.#engine.journal;
    const start = logs.length;
    const result = executeInstruction(this.#engine, shared, instruction, units);
    const calls: RecordedCall[] = [];
    for (const entry of logs.slice(start)) {
      const call = recordedCall(entry);
      if (call === undefined) lines.add(entry.data);
      else calls.push(call);
    }
    return { ...result, calls };
  }

  #showInstructions(data: Uint8Array): void {
    writeAccount(this.#engine.journal, INSTRUCTIONS_SYSVAR, {
      lamports: 0n,
      owner: SYSVAR_OWNER,
      executable: false,
      rentEpoch: 0n,
      data,
    });
  }

  /** Accounts without lamports cease to exist. */
  #purge(keys: readonly Uint8Array[]): void {
    const { journal } = this.#engine;
    for (const key of keys) {
      if (readAccount(journal, key)?.lamports === 0n) writeAccount(journal, key, undefined);
    }
  }
}

function rentError(
  accounts: readonly AccountMeta[],
  before: readonly (SvmAccount | undefined)[],
  read: (key: Uint8Array) => SvmAccount | undefined,
): TransactionError | undefined {
  const index = accounts.findIndex(
    ({ key, isWritable }, at) => isWritable && !mayLeaveRent(before[at], read(key)),
  );
  return index < 0 ? undefined : { InsufficientFundsForRent: { account_index: index } };
}
