import { decodeBase58, equalBytes } from "@dragoman/bytes";
import type { CellChange, Engine } from "@dragoman/core";
import {
  type AccountMeta,
  type FeatureSet,
  type FoundProgram,
  findHead,
  hasLamports,
  headLamports,
  MAINNET_FEATURES,
  readAccount,
  readData,
  removeAccount,
  rentExemption,
  type SvmAccount,
  type SvmPrograms,
  type SvmTransaction,
  SYSVARS,
  writeAccount,
} from "@dragoman/frontend-sbpf";
import { type ComputeBudget, feesOf, readComputeBudget } from "./compute-budget.ts";
import { type DurableNonce, durableNonce } from "./durable-nonce.ts";
import type { ExecutedTransaction, RefusedTransaction } from "./executed-transaction.ts";
import { checkPrograms, isUnseen, loadedBytes, payFee } from "./load-transaction.ts";
import { type LoadedAccounts, loadAccounts } from "./loaded-accounts.ts";
import { loadLookups } from "./lookup-tables.ts";
import type { SvmMessage } from "./message.ts";
import { messageAccounts } from "./message-accounts.ts";
import { precompileError } from "./precompiles.ts";
import { mayLeaveRent, type RentMinimum } from "./rent.ts";
import { notRun, type Run, runInstructions } from "./run-instructions.ts";
import type { SvmTransactionEnvelope } from "./signed-transaction.ts";
import { tokenBalances } from "./token-balance.ts";
import type { TransactionError } from "./transaction-error.ts";

const HEIGHT_MAX = { NOW: 5, RAISED: 9 } as const;
/** Keys that a transaction can lock, and instructions that it can have. */
const LOCKS_MAX = { NOW: 64, RAISED: 128 } as const;
const INSTRUCTIONS_MAX = 64;
/** The account that may be left below the minimum: what it has is burnt. */
const INCINERATOR: Uint8Array = decodeBase58("1nc1nerator11111111111111111111111111111111");
/** Lengths of data whose minimum is remembered. */
const MINIMA_MAX = 256;

export interface BankOptions {
  /** Its journal has the accounts, or the state below it. */
  readonly engine: Engine;
  /** Data of a sysvar by its address in hex; undefined = there is none. */
  readonly sysvar: SvmTransaction["sysvar"];
  readonly programs: SvmPrograms;
  /** Newest blockhash: that of the block below. */
  readonly blockhash: Uint8Array;
  /** Whether a transaction may name the blockhash. */
  readonly isRecent: (blockhash: Uint8Array) => boolean;
  /** Default: mainnet's. */
  readonly features?: FeatureSet;
  /** What nonces of this block note of its fee, in lamports; default: 5000. */
  readonly lamportsPerSignature?: bigint;
  /** Bytes of log that a transaction keeps; default: 10,000. */
  readonly logBytesMax?: number;
  /** Whether code runs only after the slot in which it was deployed; default: true. */
  readonly delaysPrograms?: boolean;
  /** Stake of a vote account in this epoch, or of all together, in lamports; default: none. */
  readonly epochStake?: SvmTransaction["epochStake"];
  /** What replaces parts of the budget that a message asks for. */
  readonly budget?: Partial<ComputeBudget>;
  /** Whether receipts have the balances before and after; default: true. */
  readonly notesBalances?: boolean;
}

export interface ExecuteOptions {
  /** Default: true; without, any blockhash will do. */
  readonly checksBlockhash?: boolean | undefined;
}

/** A transaction that can run. */
interface Admitted {
  readonly message: SvmMessage;
  readonly budget: ComputeBudget;
  readonly nonce: DurableNonce | undefined;
}

const LOG_BYTES_MAX = 10_000;

/** The state of one block that is being made: transactions run on it one after the other. */
export class Bank {
  readonly #engine: Engine;
  readonly #options: BankOptions;
  readonly #features: FeatureSet;
  readonly #read: (key: Uint8Array) => SvmAccount | undefined;
  readonly #notesBalances: boolean;
  /** Whether an account that only calls name counts as executable. */
  readonly #hasUnseen: boolean;
  #rent: Uint8Array | undefined;
  readonly #minima = new Map<number, bigint>();

  constructor(options: BankOptions) {
    this.#options = options;
    this.#features = options.features ?? MAINNET_FEATURES;
    this.#engine = options.engine;
    const { journal } = options.engine;
    this.#read = (key) => readAccount(journal, key);
    this.#notesBalances = options.notesBalances !== false;
    this.#hasUnseen = !this.#features.has("disableAccountLoaderSpecialCase");
  }

  /** The account as it is now. */
  account(key: Uint8Array): SvmAccount | undefined {
    return this.#read(key);
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
    options: ExecuteOptions = {},
  ): ExecutedTransaction | RefusedTransaction {
    const { journal } = this.#engine;
    journal.beginTransaction();
    const admitted = this.#admit(transaction.message, options);
    if ("refused" in admitted) return admitted;
    const { message, budget, nonce } = admitted;
    const { keys } = message;
    const fees = feesOf(message, budget, this.#features);
    const loaded = loadAccounts(journal, keys);
    const preBalances = this.#balances(loaded);
    const preTokens = this.#tokens(keys);
    const start = journal.checkpoint();
    const fee = fees.signatures + fees.priority;
    const refused = payFee(loaded, fee, this.#minimum);
    if (refused !== undefined) return { refused };
    const notLoaded = this.#loadError(message, loaded, budget);
    if (notLoaded !== undefined && !this.#features.has("enableTransactionLoadingFailureFees")) {
      journal.revert(start, true);
      return { refused: notLoaded };
    }
    const paid = journal.checkpoint();
    const accounts = messageAccounts(message, this.#features);
    const run = notLoaded === undefined ? this.#run(message, accounts, budget) : notRun(notLoaded);
    const error = run.error ?? this.#rentError(accounts, loaded);
    if (error !== undefined) {
      journal.revert(paid, true);
      if (nonce !== undefined) writeAccount(journal, nonce.key, nonce.advanced);
    }
    this.#purge(loaded);
    const { unitsConsumed, logs, inner, returnData } = run;
    return {
      transaction,
      message,
      error,
      fee,
      priorityFee: fees.priority,
      unitsConsumed,
      logs,
      inner,
      returnData,
      preBalances,
      postBalances: this.#notesBalances ? this.#balances(loadAccounts(journal, keys)) : [],
      preTokens,
      postTokens: this.#tokens(keys),
    };
  }

  #balances({ heads }: LoadedAccounts): bigint[] {
    if (!this.#notesBalances) return [];
    return heads.map((head) => (head === undefined ? 0n : headLamports(head)));
  }

  #tokens(keys: readonly Uint8Array[]): ExecutedTransaction["preTokens"] {
    return this.#notesBalances ? tokenBalances(keys, this.#read) : [];
  }

  /** Checks all that is known before the fee is paid. */
  #admit(
    unloaded: SvmMessage,
    { checksBlockhash = true }: ExecuteOptions,
  ): Admitted | RefusedTransaction {
    const features = this.#features;
    const { sysvar, blockhash, isRecent, budget: given } = this.#options;
    const tooMany = unloaded.instructions.length > INSTRUCTIONS_MAX;
    if (tooMany && features.has("staticInstructionLimit")) return { refused: "SanitizeFailure" };
    const lookedUp = loadLookups(unloaded, { read: this.#read, sysvar });
    if ("error" in lookedUp) return { refused: lookedUp.error };
    const { message } = lookedUp;
    if (!features.has("movePrecompileVerificationToSvm")) {
      const error = precompileError(message, features);
      if (error !== undefined) return { refused: error };
    }
    const locked = lockError(message, features);
    if (locked !== undefined) return { refused: locked };
    const asked = readComputeBudget(message, features);
    if ("error" in asked) return { refused: asked.error };
    const needsNonce = checksBlockhash && !isRecent(message.recentBlockhash);
    const fee = this.#options.lamportsPerSignature;
    const nonce = needsNonce ? durableNonce(message, this.#read, blockhash, fee) : undefined;
    if (needsNonce && nonce === undefined) return { refused: "BlockhashNotFound" };
    const budget = given === undefined ? asked.budget : { ...asked.budget, ...given };
    return { message, budget, nonce };
  }

  /** Why the accounts cannot be loaded. */
  #loadError(
    message: SvmMessage,
    loaded: LoadedAccounts,
    budget: ComputeBudget,
  ): TransactionError | undefined {
    if (loadedBytes(loaded, message, this.#features) > budget.loadedBytesMax) {
      return "MaxLoadedAccountsDataSizeExceeded";
    }
    return checkPrograms(loaded, message, this.#features);
  }

  #run(message: SvmMessage, accounts: readonly AccountMeta[], budget: ComputeBudget): Run {
    const { logBytesMax = LOG_BYTES_MAX } = this.#options;
    const { unitLimit } = budget;
    return runInstructions(this.#engine, this.#shared(message, budget), message, accounts, {
      unitLimit,
      logBytesMax,
    });
  }

  #shared(message: SvmMessage, { heapBytes }: ComputeBudget): SvmTransaction {
    const { sysvar, blockhash, lamportsPerSignature, epochStake } = this.#options;
    const features = this.#features;
    const slot = this.#slot();
    const find = this.#options.programs.find;
    const shared: SvmTransaction = {
      findProgram: (journal, id): FoundProgram | undefined =>
        find(journal, id, slot, this.#hasUnseen && ignoresFlag(message, id, features)),
      sysvar,
      heightMax: features.has("raiseCpiNestingLimitTo8") ? HEIGHT_MAX.RAISED : HEIGHT_MAX.NOW,
      heapBytes,
      blockhash,
      features,
      recordsCalls: true,
      processed: [],
    };
    if (lamportsPerSignature === undefined && epochStake === undefined) return shared;
    return {
      ...shared,
      ...(lamportsPerSignature === undefined ? {} : { lamportsPerSignature }),
      ...(epochStake === undefined ? {} : { epochStake }),
    };
  }

  /** The block's slot, in which no code runs that it has deployed; undefined where that does not count. */
  #slot(): bigint | undefined {
    if (this.#options.delaysPrograms === false) return undefined;
    const clock = this.#options.sysvar(SYSVARS.clock.idHex);
    return clock && new DataView(clock.buffer, clock.byteOffset).getBigUint64(0, true);
  }

  /** What exempts from rent in this block, by the sysvar Rent. */
  readonly #minimum: RentMinimum = (bytes) => {
    const rent = this.#options.sysvar(SYSVARS.rent.idHex);
    if (rent === undefined) return 0n;
    if (rent !== this.#rent || this.#minima.size > MINIMA_MAX) this.#minima.clear();
    this.#rent = rent;
    let minimum = this.#minima.get(bytes);
    if (minimum === undefined) {
      minimum = rentExemption(rent, bytes);
      this.#minima.set(bytes, minimum);
    }
    return minimum;
  };

  #rentError(
    accounts: readonly AccountMeta[],
    { journal, indexes, heads, datas }: LoadedAccounts,
  ): TransactionError | undefined {
    for (let at = 0; at < accounts.length; at++) {
      const { key, isWritable } = accounts[at]!;
      if (!isWritable) continue;
      const head = findHead(journal, indexes[at]!);
      const data = head === undefined ? datas[at]! : readData(journal, indexes[at]!);
      // What an account was left with before, it may be left with again.
      if (head === heads[at] && data === datas[at]) continue;
      const [before, after] = [holding(heads[at], datas[at]!), holding(head, data)];
      if (mayLeaveRent(before, after, this.#minimum) || equalBytes(key, INCINERATOR)) continue;
      return { InsufficientFundsForRent: { account_index: at } };
    }
    return undefined;
  }

  /** Accounts without lamports cease to exist, those too that got nothing but data. */
  #purge({ journal, indexes }: LoadedAccounts): void {
    for (const index of indexes) {
      const head = findHead(journal, index);
      if (head !== undefined && hasLamports(head)) continue;
      if (head !== undefined || readData(journal, index).length > 0) removeAccount(journal, index);
    }
  }
}

const holding = (
  head: Uint8Array | undefined,
  data: Uint8Array,
): Pick<SvmAccount, "lamports" | "data"> | undefined =>
  head && { lamports: headLamports(head), data };

/** Whether a program need not be marked executable, where that counts. */
function ignoresFlag(message: SvmMessage, id: Uint8Array, features: FeatureSet): boolean {
  const index = message.keys.findIndex((key) => equalBytes(key, id));
  return isUnseen(message, index, features);
}

/** Why a transaction cannot lock its accounts. */
function lockError({ keys }: SvmMessage, features: FeatureSet): TransactionError | undefined {
  const max = features.has("increaseTxAccountLockLimit") ? LOCKS_MAX.RAISED : LOCKS_MAX.NOW;
  if (keys.length > max) return "TooManyAccountLocks";
  for (let at = 1; at < keys.length; at++) {
    for (let other = 0; other < at; other++) {
      if (equalBytes(keys[at]!, keys[other]!)) return "AccountLoadedTwice";
    }
  }
  return undefined;
}
