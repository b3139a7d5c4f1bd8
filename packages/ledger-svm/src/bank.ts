import { decodeBase58, encodeHex, equalBytes } from "@dragoman/bytes";
import { type CellChange, Engine, type LinearMemory } from "@dragoman/core";
import {
  type AccountMeta,
  type FeatureSet,
  MAINNET_FEATURES,
  readAccount,
  rentExemption,
  type SvmAccount,
  type SvmPrograms,
  type SvmTransaction,
  SYSVARS,
  writeAccount,
} from "@dragoman/frontend-sbpf";
import type { BankState } from "./bank-state.ts";
import { type ComputeBudget, feesOf, readComputeBudget } from "./compute-budget.ts";
import { type DurableNonce, durableNonce } from "./durable-nonce.ts";
import type { ExecutedTransaction, RefusedTransaction } from "./executed-transaction.ts";
import { checkPrograms, isUnseen, loadedBytes, payFee } from "./load-transaction.ts";
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
const INCINERATOR: string = encodeHex(decodeBase58("1nc1nerator11111111111111111111111111111111"));

export interface BankOptions {
  readonly state: BankState;
  readonly programs: SvmPrograms;
  readonly memory: LinearMemory;
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

  constructor(options: BankOptions) {
    this.#options = options;
    this.#features = options.features ?? MAINNET_FEATURES;
    this.#engine = new Engine({ state: options.state, memory: options.memory });
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
    options: ExecuteOptions = {},
  ): ExecutedTransaction | RefusedTransaction {
    const { journal } = this.#engine;
    journal.beginTransaction();
    const admitted = this.#admit(transaction.message, options);
    if ("refused" in admitted) return admitted;
    const { message, budget, nonce } = admitted;
    const read = (key: Uint8Array): SvmAccount | undefined => readAccount(journal, key);
    const fees = feesOf(message, budget, this.#features);
    const before = message.keys.map(read);
    const preTokens = tokenBalances(message.keys, read);
    const start = journal.checkpoint();
    const minimum = this.#minimum();
    const fee = fees.signatures + fees.priority;
    const refused = payFee(journal, message.keys[0]!, fee, minimum);
    if (refused !== undefined) return { refused };
    const notLoaded = this.#loadError(message, budget);
    if (notLoaded !== undefined && !this.#features.has("enableTransactionLoadingFailureFees")) {
      journal.revert(start, true);
      return { refused: notLoaded };
    }
    const paid = journal.checkpoint();
    const accounts = messageAccounts(message, this.#features);
    const loaded = [read(message.keys[0]!), ...before.slice(1)];
    const run = notLoaded === undefined ? this.#run(message, accounts, budget) : notRun(notLoaded);
    const error = run.error ?? rentError(accounts, loaded, read, minimum);
    if (error !== undefined) {
      journal.revert(paid, true);
      if (nonce !== undefined) writeAccount(journal, nonce.key, nonce.advanced);
    }
    this.#purge(message.keys);
    return {
      ...{ transaction, message, ...run, error, fee, priorityFee: fees.priority },
      preBalances: before.map((account) => account?.lamports ?? 0n),
      postBalances: message.keys.map((key) => read(key)?.lamports ?? 0n),
      preTokens,
      postTokens: tokenBalances(message.keys, read),
    };
  }

  /** Checks all that is known before the fee is paid. */
  #admit(
    unloaded: SvmMessage,
    { checksBlockhash = true }: ExecuteOptions,
  ): Admitted | RefusedTransaction {
    const features = this.#features;
    const { journal } = this.#engine;
    const { state, blockhash, isRecent } = this.#options;
    const read = (key: Uint8Array): SvmAccount | undefined => readAccount(journal, key);
    const sysvar = (idHex: string): Uint8Array | undefined => state.sysvar(idHex)?.data;
    const { instructions } = unloaded;
    if (features.has("staticInstructionLimit") && instructions.length > INSTRUCTIONS_MAX) {
      return { refused: "SanitizeFailure" };
    }
    const lookedUp = loadLookups(unloaded, { read, sysvar });
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
    const nonce = needsNonce ? durableNonce(message, read, blockhash, fee) : undefined;
    if (needsNonce && nonce === undefined) return { refused: "BlockhashNotFound" };
    return { message, budget: { ...asked.budget, ...this.#options.budget }, nonce };
  }

  /** Why the accounts cannot be loaded. */
  #loadError(message: SvmMessage, budget: ComputeBudget): TransactionError | undefined {
    const { journal } = this.#engine;
    if (loadedBytes(journal, message, this.#features) > budget.loadedBytesMax) {
      return "MaxLoadedAccountsDataSizeExceeded";
    }
    return checkPrograms(journal, message, this.#features);
  }

  #run(message: SvmMessage, accounts: readonly AccountMeta[], budget: ComputeBudget): Run {
    const { logBytesMax = LOG_BYTES_MAX } = this.#options;
    const { unitLimit } = budget;
    return runInstructions(this.#engine, this.#shared(message, budget), message, accounts, {
      ...{ unitLimit, logBytesMax },
    });
  }

  #shared(message: SvmMessage, { heapBytes }: ComputeBudget): SvmTransaction {
    const { programs, state, blockhash, lamportsPerSignature, epochStake } = this.#options;
    const features = this.#features;
    const clock = state.sysvar(SYSVARS.clock.idHex)?.data;
    const delays = this.#options.delaysPrograms !== false && clock !== undefined;
    const slot = delays
      ? new DataView(clock.buffer, clock.byteOffset).getBigUint64(0, true)
      : undefined;
    const ignoresFlag = (id: Uint8Array): boolean =>
      !features.has("disableAccountLoaderSpecialCase") &&
      isUnseen(
        message,
        message.keys.findIndex((key) => equalBytes(key, id)),
        features,
      );
    return {
      findProgram: (journal, id) => programs.find(journal, id, slot, ignoresFlag(id)),
      sysvar: (idHex) => state.sysvar(idHex)?.data,
      heightMax: features.has("raiseCpiNestingLimitTo8") ? HEIGHT_MAX.RAISED : HEIGHT_MAX.NOW,
      ...{ heapBytes, blockhash, features },
      ...(lamportsPerSignature === undefined ? {} : { lamportsPerSignature }),
      ...(epochStake === undefined ? {} : { epochStake }),
      recordsCalls: true,
      processed: [],
    };
  }

  /** What exempts from rent in this block, by the sysvar Rent. */
  #minimum(): RentMinimum {
    const rent = this.#options.state.sysvar(SYSVARS.rent.idHex)?.data;
    return (bytes) => (rent === undefined ? 0n : rentExemption(rent, bytes));
  }

  /** Accounts without lamports cease to exist, those too that got nothing but data. */
  #purge(keys: readonly Uint8Array[]): void {
    const { journal } = this.#engine;
    for (const key of keys) {
      if ((readAccount(journal, key)?.lamports ?? 0n) > 0n) continue;
      writeAccount(journal, key, undefined);
    }
  }
}

/** Why a transaction cannot lock its accounts. */
function lockError({ keys }: SvmMessage, features: FeatureSet): TransactionError | undefined {
  const max = features.has("increaseTxAccountLockLimit") ? LOCKS_MAX.RAISED : LOCKS_MAX.NOW;
  if (keys.length > max) return "TooManyAccountLocks";
  const isTwice = new Set(keys.map((key) => encodeHex(key))).size < keys.length;
  return isTwice ? "AccountLoadedTwice" : undefined;
}

function rentError(
  accounts: readonly AccountMeta[],
  before: readonly (SvmAccount | undefined)[],
  read: (key: Uint8Array) => SvmAccount | undefined,
  minimum: RentMinimum,
): TransactionError | undefined {
  const index = accounts.findIndex(
    ({ key, isWritable }, at) =>
      isWritable && !mayLeaveRent(before[at], read(key), minimum) && encodeHex(key) !== INCINERATOR,
  );
  return index < 0 ? undefined : { InsufficientFundsForRent: { account_index: index } };
}
