import { readFileSync, writeFileSync } from "node:fs";
import { decodeBase58, encodeBase58, equalBytes } from "@dragoman/bytes";
import { sha256 } from "@dragoman/crypto";
import { refuse } from "@dragoman/fault";
import {
  ADDRESS,
  MAINNET_FEATURES,
  MAINNET_NATIVES,
  type FeatureSet as RuntimeFeatures,
  rentExemption,
  type SvmAccount,
  SvmPrograms,
} from "@dragoman/frontend-sbpf";
import {
  Bank,
  type ExecutedTransaction,
  hasValidSignatures,
  type KeyedAccount,
  LAMPORTS_PER_SIGNATURE,
  messageAccounts,
  nativeAccounts,
  nativeMint,
  RENT_EXEMPT_EPOCH,
  type RefusedTransaction,
  type SvmTransactionEnvelope,
  type TransactionError,
  wallet,
  wellKnownPrograms,
} from "@dragoman/ledger-svm";
import { AccountStore } from "./account-store.ts";
import { airdropKey, airdropWire } from "./airdrop-wire.ts";
import type { ComputeBudget } from "./compute-budget.ts";
import {
  type EncodedAccount,
  encodeAccount,
  type MaybeEncodedAccount,
  SimulatedTransactionInfo,
} from "./encoded-account.ts";
import { epochOf } from "./epoch-of.ts";
import type { FeatureSet } from "./feature-set.ts";
import { installedProgram } from "./installed-program.ts";
import { readAhead } from "./read-ahead.ts";
import { failed, type Sent, sentOf } from "./sent.ts";
import type { Snapshot } from "./snapshot.ts";
import { stakeConfig } from "./stake-config.ts";
import { decodeState, encodeState, type Remembered } from "./state-image.ts";
import {
  CLOCK,
  EPOCH_REWARDS,
  EPOCH_SCHEDULE,
  LAST_RESTART_SLOT,
  RECENT_BLOCKHASHES,
  RENT,
  SLOT_HASHES,
  SLOT_HISTORY,
  STAKE_HISTORY,
  type SysvarCodec,
} from "./sysvar-codec.ts";
import {
  Clock,
  EpochRewards,
  EpochSchedule,
  Rent,
  type SlotHash,
  SlotHistory,
  StakeHistory,
} from "./sysvar-values.ts";
import { readTransaction, signatureOf, type TransactionInput } from "./transaction-input.ts";
import { type FailedTransactionMetadata, TransactionMetadata } from "./transaction-metadata.ts";
import { transactionRecord } from "./transaction-record.ts";

const SOL = 1_000_000_000n;
const SYSVAR_OWNER = decodeBase58("Sysvar1111111111111111111111111111111111111");
const NATIVE_MINT = "So11111111111111111111111111111111111111112";
/** Slot at which a chain begins, as in litesvm. */
const FIRST_SLOT = 447_552_000n;
const SLOTS_PER_EPOCH = 432_000n;
/** Epochs of doubling length come first. */
const FIRST_NORMAL = { EPOCH: 14n, SLOT: 524_256n } as const;
/** Milliseconds of a slot. */
const SLOT_MS = 400n;
const HISTORY_DEFAULT = 32n;

/** Solana in the process, with the methods of litesvm's class; the README lists what differs. */
export class LiteSVM {
  /** What {@link LiteSVM.loadDefaultPrograms} found. */
  static #programs: readonly KeyedAccount[] = [];

  readonly #store = new AccountStore();
  #features: RuntimeFeatures = MAINNET_FEATURES;
  #loaded = new SvmPrograms(MAINNET_NATIVES);
  #blockhash: Uint8Array = sha256(new TextEncoder().encode("genesis"));
  #verifies = false;
  #checksBlockhash = false;
  #budget: ComputeBudget | undefined;
  #historyMax = HISTORY_DEFAULT;
  #history = new Map<string, Remembered>();
  #logBytesMax: number | undefined;
  /** Made anew when what it was made of has changed. */
  #bank: Bank | undefined;

  /** A chain with the native programs, sysvars, and the programs of {@link LiteSVM.loadDefaultPrograms}. */
  constructor() {
    this.withBuiltins()
      .withLamports(1_000_000n * SOL)
      .withSysvars()
      .withDefaultPrograms()
      .withSigverify(true)
      .withBlockhashCheck(true);
  }

  /** A chain with nothing on it. */
  static default(): LiteSVM {
    const svm = new LiteSVM();
    svm.#store.clear();
    return svm.withSigverify(false).withBlockhashCheck(false);
  }

  /** Finds the usual programs for all chains that are made afterwards; false if npm's `litesvm`, which brings them, is not installed. */
  static async loadDefaultPrograms(): Promise<boolean> {
    const programs = (await wellKnownPrograms()) ?? [];
    LiteSVM.#programs = programs.filter(([key]) => encodeBase58(key) !== NATIVE_MINT);
    return programs.length > 0;
  }

  withSigverify(sigverify: boolean): this {
    this.#verifies = sigverify;
    return this;
  }

  withBlockhashCheck(check: boolean): this {
    this.#checksBlockhash = check;
    return this;
  }

  withComputeBudget(budget: ComputeBudget): this {
    this.#budget = budget;
    this.#bank = undefined;
    return this;
  }

  withFeatureSet(featureSet: FeatureSet): this {
    this.#features = featureSet.names();
    this.#loaded = new SvmPrograms(MAINNET_NATIVES, { features: this.#features });
    this.#bank = undefined;
    return this;
  }

  withBuiltins(): this {
    for (const [key, account] of nativeAccounts()) this.#store.put(key, account);
    return this;
  }

  /** The same accounts as {@link LiteSVM.withBuiltins}. */
  withPrecompiles(): this {
    return this.withBuiltins();
  }

  /** Lamports of the account that airdrops come from. */
  withLamports(lamports: bigint): this {
    this.#store.put(airdropKey(), wallet(lamports));
    return this;
  }

  withDefaultPrograms(): this {
    for (const [key, account] of LiteSVM.#programs) this.#store.put(key, account);
    return this;
  }

  withNativeMints(): this {
    this.#store.put(decodeBase58(NATIVE_MINT), nativeMint());
    return this;
  }

  /** How many transactions are remembered; 0: none, and the same can be sent again. */
  withTransactionHistory(capacity: bigint): this {
    this.#historyMax = capacity;
    this.#forget();
    return this;
  }

  /** Bytes of log that a transaction keeps; without a limit: all. */
  withLogBytesLimit(limit?: bigint): this {
    this.#logBytesMax = limit === undefined ? Number.POSITIVE_INFINITY : Number(limit);
    this.#bank = undefined;
    return this;
  }

  withSysvars(): this {
    const none = encodeBase58(new Uint8Array(32));
    this.setClock(new Clock(FIRST_SLOT, 0n, 0n, 0n, 0n));
    this.setEpochRewards(new EpochRewards(0n, 0n, none, 0n, 0n, 0n, false));
    const { EPOCH, SLOT } = FIRST_NORMAL;
    this.setEpochSchedule(new EpochSchedule(SLOTS_PER_EPOCH, SLOTS_PER_EPOCH, true, EPOCH, SLOT));
    this.setLastRestartSlot(0n);
    this.setRent(Rent.default());
    this.setSlotHashes([{ slot: FIRST_SLOT, hash: this.latestBlockhash() }]);
    this.setSlotHistory(SlotHistory.default());
    this.setStakeHistory(new StakeHistory());
    this.#showBlockhash(0n);
    this.setAccount(stakeConfig());
    return this;
  }

  minimumBalanceForRentExemption(dataLen: bigint): bigint {
    const rent = this.#store.get(decodeBase58(RENT.address))?.data;
    const minimum = rent === undefined ? 0n : rentExemption(rent, Number(dataLen));
    return minimum > 1n ? minimum : 1n;
  }

  getAccount(address: string): MaybeEncodedAccount {
    const account = this.#store.get(decodeBase58(address));
    if (account === undefined) return { address, exists: false };
    return { ...encodeAccount(address, account), exists: true };
  }

  getProgramAccounts(programAddress: string): EncodedAccount[] {
    const owner = decodeBase58(programAddress);
    const found: EncodedAccount[] = [];
    for (const key of this.#store.keys()) {
      const account = this.#store.get(key);
      if (account !== undefined && equalBytes(account.owner, owner)) {
        found.push(encodeAccount(encodeBase58(key), account));
      }
    }
    return found;
  }

  /** Creates or overwrites an account, whatever the rules say; without lamports it ceases to exist. */
  setAccount({ address, data, executable, lamports, programAddress }: EncodedAccount): void {
    const account: SvmAccount = {
      ...{ lamports, executable },
      owner: decodeBase58(programAddress),
      rentEpoch: RENT_EXEMPT_EPOCH,
      data: Uint8Array.from(data),
    };
    this.#store.put(decodeBase58(address), lamports === 0n ? undefined : account);
  }

  /** Lamports; null without account. */
  getBalance(address: string): bigint | null {
    return this.#store.get(decodeBase58(address))?.lamports ?? null;
  }

  latestBlockhash(): string {
    return encodeBase58(this.#blockhash);
  }

  /** The message with the newest blockhash as its lifetime. */
  setTransactionMessageLifetimeUsingLatestBlockhash<T extends object>(
    transactionMessage: T,
  ): T & { lifetimeConstraint: { blockhash: string; lastValidBlockHeight: bigint } } {
    const blockhash = this.latestBlockhash();
    return { ...transactionMessage, lifetimeConstraint: { blockhash, lastValidBlockHeight: 0n } };
  }

  /** A remembered transaction by its first signature, as bytes or base58. */
  getTransaction(signature: Uint8Array | string): Sent | null {
    const name = typeof signature === "string" ? signature : encodeBase58(signature);
    const known = this.#history.get(name);
    return known === undefined ? null : sentOf(known);
  }

  airdrop(address: string, lamports: bigint): Sent {
    return this.sendTransaction(airdropWire(address, lamports, this.#blockhash));
  }

  addProgramFromFile(programId: string, path: string): void {
    this.addProgram(programId, readFileSync(path));
  }

  /** Faults: those of an ELF that cannot be loaded. */
  addProgram(programId: string, programBytes: Uint8Array): void {
    this.addProgramWithLoader(programId, programBytes, ADDRESS.LOADER_V3.text);
  }

  /** Faults: those of an ELF that cannot be loaded; INVALID_TRANSACTION for another loader. */
  addProgramWithLoader(programId: string, programBytes: Uint8Array, loaderId: string): void {
    const elf = Uint8Array.from(programBytes);
    const lamports = this.minimumBalanceForRentExemption(BigInt(elf.length));
    const slot = Number(this.getClock().slot);
    const program = { programId: decodeBase58(programId), elf, slot, loaderId, lamports };
    for (const [key, account] of installedProgram(program)) this.#store.put(key, account);
  }

  /** Runs a transaction, which pays its fee even if it fails. */
  sendTransaction(input: TransactionInput): Sent {
    return this.#send(readTransaction(input));
  }

  /**
   * Runs transactions in their order, as {@link LiteSVM.sendTransaction} would one by one, while the platform's threads check signatures of those that
   * come next. What is sent in the meantime runs in between.
   *
   * Faults: those of a transaction that is malformed, with its position; those before it have run, none behind it has.
   */
  async sendTransactions(inputs: Iterable<TransactionInput>): Promise<Sent[]> {
    const sent: Sent[] = [];
    for await (const { transaction, isSigned } of readAhead(inputs, this.#verifies)) {
      sent.push(this.#send(transaction, isSigned));
    }
    return sent;
  }

  #send(transaction: SvmTransactionEnvelope, isSigned?: boolean): Sent {
    const result = this.#execute(transaction, isSigned);
    const signature = signatureOf(transaction);
    if ("refused" in result) {
      return failed(result.refused, new TransactionMetadata(signature, undefined));
    }
    this.#store.keep();
    const run = { signature, error: result.error, record: transactionRecord(result) };
    if (this.#historyMax > 0n) {
      this.#history.set(encodeBase58(signature), run);
      this.#forget();
    }
    return sentOf(run);
  }

  simulateTransaction(
    input: TransactionInput,
  ): SimulatedTransactionInfo | FailedTransactionMetadata {
    const transaction = readTransaction(input);
    const result = this.#execute(transaction);
    const simulated = this.#simulated(transaction, result);
    this.#store.drop();
    return simulated;
  }

  /** What a transaction did, and what it left of the accounts that it may write. */
  #simulated(
    transaction: SvmTransactionEnvelope,
    result: ExecutedTransaction | RefusedTransaction,
  ): SimulatedTransactionInfo | FailedTransactionMetadata {
    const executed = "refused" in result ? undefined : result;
    const error = "refused" in result ? result.refused : result.error;
    const record = executed && transactionRecord(executed);
    const meta = new TransactionMetadata(signatureOf(transaction), record);
    if (executed === undefined || error !== undefined)
      return failed(error ?? "SanitizeFailure", meta);
    const left = messageAccounts(executed.message, this.#features)
      .filter(({ isWritable }) => isWritable)
      .map(({ key }) => encodeAccount(encodeBase58(key), this.#store.get(key) ?? wallet(0n)));
    return new SimulatedTransactionInfo(meta, left);
  }

  /** `isSigned`: whether the signatures are good, where that was found out already. */
  #execute(
    transaction: SvmTransactionEnvelope,
    isSigned?: boolean,
  ): ExecutedTransaction | RefusedTransaction {
    const refused = this.#refusal(transaction, isSigned);
    if (refused !== undefined) {
      this.#store.begin();
      return { refused };
    }
    this.#bank ??= this.#openBank();
    return this.#bank.execute(transaction, { checksBlockhash: this.#checksBlockhash });
  }

  #openBank(): Bank {
    const budget = this.#budget && {
      unitLimit: Number(this.#budget.computeUnitLimit),
      heapBytes: this.#budget.heapSize,
    };
    return new Bank({
      ...{ engine: this.#store.engine, sysvar: this.#store.sysvar },
      ...{ programs: this.#loaded, features: this.#features },
      ...{ blockhash: this.#blockhash, delaysPrograms: false, notesBalances: false },
      isRecent: (hash) => equalBytes(hash, this.#blockhash),
      ...(this.#logBytesMax === undefined ? {} : { logBytesMax: this.#logBytesMax }),
      ...(budget === undefined ? {} : { budget }),
    });
  }

  /** Why a transaction is not even looked at. */
  #refusal(transaction: SvmTransactionEnvelope, isSigned?: boolean): TransactionError | undefined {
    if (!this.#verifies && isSigned === undefined) return undefined;
    if (!(isSigned ?? hasValidSignatures(transaction))) return "SignatureFailure";
    if (this.#history.size === 0) return undefined;
    const name = encodeBase58(transaction.signatures[0] ?? new Uint8Array(64));
    if (!this.#history.has(name)) return undefined;
    const isRecent = equalBytes(transaction.message.recentBlockhash, this.#blockhash);
    return isRecent || !this.#checksBlockhash ? "AlreadyProcessed" : "BlockhashNotFound";
  }

  /** Drops the oldest transactions. */
  #forget(): void {
    for (const name of this.#history.keys()) {
      if (BigInt(this.#history.size) <= this.#historyMax) return;
      this.#history.delete(name);
    }
  }

  /** Another newest blockhash; transactions that name the old one are refused. */
  expireBlockhash(): void {
    this.#blockhash = sha256(this.#blockhash);
    this.#bank = undefined;
    this.#showBlockhash(LAMPORTS_PER_SIGNATURE);
  }

  /** Moves the clock to `slot`, with the epoch and the time: 400 ms a slot. */
  warpToSlot(slot: bigint): void {
    const clock = this.getClock();
    const epoch = epochOf(slot, this.getEpochSchedule());
    const seconds = ((slot - clock.slot) * SLOT_MS) / 1000n;
    const now = clock.unixTimestamp + seconds;
    const start = epoch === clock.epoch ? clock.epochStartTimestamp : now;
    this.setClock(new Clock(slot, start, epoch, epoch + 1n, now));
  }

  /** A point to which {@link LiteSVM.revert} goes back. */
  snapshot(): Snapshot {
    return { mark: this.#store.mark(), blockhash: this.#blockhash };
  }

  /** Undoes everything that happened to accounts, sysvars and the blockhash since a snapshot; transactions are remembered still. */
  revert({ mark, blockhash }: Snapshot): void {
    this.#store.revert(mark);
    if (blockhash === this.#blockhash) return;
    this.#blockhash = blockhash;
    this.#bank = undefined;
  }

  /** The whole chain as bytes: accounts, settings and remembered transactions. The form is this class's own, not litesvm's. */
  toBytes(): Uint8Array {
    const accounts = [...this.#store.keys()].map((key) => [key, this.#store.get(key)!] as const);
    return encodeState({
      ...{ accounts, blockhash: this.#blockhash, budget: this.#budget },
      ...{ verifies: this.#verifies, checksBlockhash: this.#checksBlockhash },
      ...{ historyMax: this.#historyMax, logBytesMax: this.#logBytesMax },
      ...{ features: [...this.#features], history: [...this.#history.values()] },
    });
  }

  saveToFile(path: string): void {
    writeFileSync(path, this.toBytes());
  }

  /** Faults: UNSUPPORTED_FILE for bytes that {@link LiteSVM.toBytes} did not write. */
  static fromBytes(bytes: Uint8Array): LiteSVM {
    const image = decodeState(bytes);
    const svm = LiteSVM.default();
    for (const [key, account] of image.accounts) svm.#store.put(key, account);
    svm.#features = new Set(image.features);
    svm.#loaded = new SvmPrograms(MAINNET_NATIVES, { features: svm.#features });
    svm.#blockhash = image.blockhash;
    svm.#budget = image.budget;
    svm.#historyMax = image.historyMax;
    svm.#logBytesMax = image.logBytesMax;
    svm.#history = new Map(image.history.map((run) => [encodeBase58(run.signature), run]));
    return svm.withSigverify(image.verifies).withBlockhashCheck(image.checksBlockhash);
  }

  static loadFromFile(path: string): LiteSVM {
    return LiteSVM.fromBytes(readFileSync(path));
  }

  getClock = (): Clock => this.#read(CLOCK);
  setClock = (clock: Clock): void => this.#show(CLOCK, clock);
  getEpochRewards = (): EpochRewards => this.#read(EPOCH_REWARDS);
  setEpochRewards = (rewards: EpochRewards): void => this.#show(EPOCH_REWARDS, rewards);
  getEpochSchedule = (): EpochSchedule => this.#read(EPOCH_SCHEDULE);
  setEpochSchedule = (schedule: EpochSchedule): void => this.#show(EPOCH_SCHEDULE, schedule);
  getLastRestartSlot = (): bigint => this.#read(LAST_RESTART_SLOT);
  setLastRestartSlot = (slot: bigint): void => this.#show(LAST_RESTART_SLOT, slot);
  getRent = (): Rent => this.#read(RENT);
  setRent = (rent: Rent): void => this.#show(RENT, rent);
  getSlotHashes = (): SlotHash[] => [...this.#read(SLOT_HASHES)];
  setSlotHashes = (hashes: readonly SlotHash[]): void => this.#show(SLOT_HASHES, hashes);
  getSlotHistory = (): SlotHistory => this.#read(SLOT_HISTORY);
  setSlotHistory = (history: SlotHistory): void => this.#show(SLOT_HISTORY, history);
  getStakeHistory = (): StakeHistory => this.#read(STAKE_HISTORY);
  setStakeHistory = (history: StakeHistory): void => this.#show(STAKE_HISTORY, history);

  #showBlockhash(lamportsPerSignature: bigint): void {
    const entry = { blockhash: this.#blockhash, lamportsPerSignature };
    this.#show(RECENT_BLOCKHASHES, [entry]);
  }

  #read<T>({ address, decode }: SysvarCodec<T>): T {
    const account = this.#store.get(decodeBase58(address));
    if (account === undefined) refuse("INVALID_TRANSACTION", undefined, `there is no ${address}`);
    return decode(account.data);
  }

  #show<T>({ address, encode }: SysvarCodec<T>, value: T): void {
    const data = encode(value);
    this.#store.put(decodeBase58(address), {
      lamports: 1n,
      owner: SYSVAR_OWNER,
      executable: false,
      rentEpoch: 0n,
      data,
    });
  }
}
