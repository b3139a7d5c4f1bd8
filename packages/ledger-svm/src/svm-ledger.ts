import { encodeHex } from "@dragoman/bytes";
import { Engine, LinearMemory } from "@dragoman/core";
import { assert, FaultError, refuse } from "@dragoman/fault";
import {
  ACCOUNT_DOMAIN,
  MAINNET_NATIVES,
  readStateAccount,
  type SvmAccount,
  SvmPrograms,
} from "@dragoman/frontend-sbpf";
import {
  BlockChain,
  BlockOrigins,
  type ChainSnapshot,
  type CommittedState,
  type Ledger,
  type LedgerClock,
  type LedgerInput,
  type LedgerSnapshot,
} from "@dragoman/ledger";
import { Bank, type ExecuteOptions } from "./bank.ts";
import { BankState } from "./bank-state.ts";
import { readComputeBudget } from "./compute-budget.ts";
import { decodeDecree, decreedAccounts, encodeDecree, type SvmDecree } from "./decree.ts";
import { durableNonce } from "./durable-nonce.ts";
import type { ExecutedTransaction, RefusedTransaction } from "./executed-transaction.ts";
import { openGenesis, type SvmGenesis } from "./genesis.ts";
import { loadLookups } from "./lookup-tables.ts";
import {
  decodeTransaction,
  hasValidSignatures,
  hasValidSignaturesOffThread,
  type SvmTransactionEnvelope,
  signatureName,
} from "./signed-transaction.ts";
import { hashBlock, type SolanaBlock } from "./solana-block.ts";
import {
  epochOf,
  SLOT_HASHES_MAX,
  SLOTS_PER_EPOCH,
  type SlotPlace,
  sysvarAccounts,
} from "./sysvar-accounts.ts";
import { describeError, type TransactionError } from "./transaction-error.ts";

/** Blocks after which a blockhash can no longer be named. */
export const BLOCKHASH_AGE_MAX = 150;
/** Transactions that wait at most. */
const POOL_MAX = 10_000;
/** Key of the cell that every account has. */
const HEAD_CELL = 0;
/** Units that the transactions of one block may ask for together (SIMD-0256). */
const BLOCK_UNITS_MAX = 60_000_000;

export interface SvmLedgerOptions {
  readonly clock: LedgerClock;
  readonly genesis: SvmGenesis;
  /** Blocks that stand on a final one. */
  readonly finalityDepth: number;
}

interface SvmSnapshot extends LedgerSnapshot {
  readonly chain: ChainSnapshot<SolanaBlock>;
  readonly pool: readonly SvmTransactionEnvelope[];
}

/** Where a transaction is. */
export interface PlacedTransaction {
  readonly block: SolanaBlock;
  readonly index: number;
  readonly executed: ExecutedTransaction;
}

/** Seconds of a slot, by which time travel moves the clock. */
const SLOT_SECONDS = 0.4;
/** Slots to which time travel goes: a hundred years. */
export const SLOT_MAX = 8e9;

/** A Solana chain in memory. Its slots are heights: every slot has a block, but for those that {@link SvmLedger.warp} leaves out. */
export class SvmLedger implements Ledger<SolanaBlock> {
  readonly blocks: BlockChain<SolanaBlock>;
  readonly #clock: LedgerClock;
  readonly #memory = new LinearMemory();
  readonly #programs = new SvmPrograms(MAINNET_NATIVES);
  #pool = new Map<string, SvmTransactionEnvelope>();
  /** Transactions whose signatures were found good when they were submitted. */
  readonly #verified = new WeakSet<SvmTransactionEnvelope>();
  /** Wire bytes whose signatures {@link SvmLedger.verify} found good. */
  readonly #verifiedWires = new WeakSet<Uint8Array>();
  /** Canonical transactions by first signature. */
  readonly #placed = new Map<string, PlacedTransaction>();
  /** What made each block, so that a restored one can be recorded again. */
  readonly #origins = new BlockOrigins<SolanaBlock>();
  readonly #listeners = new Set<(input: LedgerInput) => void>();
  #salt = 0;

  constructor({ clock, genesis, finalityDepth }: SvmLedgerOptions) {
    this.#clock = clock;
    const { block, state } = openGenesis(genesis);
    this.blocks = new BlockChain(block, state, finalityDepth);
  }

  get pendingCount(): number {
    return this.#pool.size;
  }

  /** The transaction in the canonical chain; undefined if it is not there. */
  find(signature: Uint8Array): PlacedTransaction | undefined {
    return this.#canonical(encodeHex(signature));
  }

  /** While subscribers hear of a reorganisation, what it undid is noted still. */
  #canonical(name: string): PlacedTransaction | undefined {
    const placed = this.#placed.get(name);
    if (placed === undefined) return undefined;
    return this.blocks.at(placed.block.height) === placed.block ? placed : undefined;
  }

  /** Whether the transaction waits for a block. */
  isPending(signature: Uint8Array): boolean {
    return this.#pool.has(encodeHex(signature));
  }

  /** Account after the canonical block at `height`, sysvars included; undefined if it does not exist. */
  account(key: Uint8Array, height: number = this.blocks.head.height): SvmAccount | undefined {
    return this.reader(height)(key);
  }

  /** Reads accounts as {@link account}, until the chain changes. */
  reader(height: number): (key: Uint8Array) => SvmAccount | undefined {
    const view = new BankState(this.#stateAt(height), () =>
      sysvarAccounts(this.#slotPlace(height)),
    );
    return (key) => readStateAccount(view, key);
  }

  /** Keys of all accounts after the canonical block at `height`, without sysvars. */
  *keys(height: number): Iterable<Uint8Array> {
    for (const { domain, account, key } of this.#stateAt(height).cells()) {
      if (domain === ACCOUNT_DOMAIN && key[0] === HEAD_CELL) yield account;
    }
  }

  #stateAt(height: number): CommittedState {
    const state = this.blocks.stateAt(height);
    assert(state !== undefined, "accounts are read at canonical blocks");
    return state;
  }

  /** Whether a transaction of the next block may name the blockhash. */
  isRecent(blockhash: Uint8Array): boolean {
    const block = this.blocks.find(blockhash);
    return block !== undefined && this.blocks.head.number + 1 - block.number <= BLOCKHASH_AGE_MAX;
  }

  /**
   * Whether the signatures are good, checked beside this thread. {@link SvmLedger.submit} does not check them again if it is given the same wire bytes,
   * which must not change in between.
   */
  async verify(transaction: SvmTransactionEnvelope): Promise<boolean> {
    const isValid = await hasValidSignaturesOffThread(transaction);
    if (isValid) this.#verifiedWires.add(transaction.wire);
    return isValid;
  }

  submit(wire: Uint8Array): Uint8Array {
    const transaction = decodeTransaction(Uint8Array.from(wire));
    const name = signatureName(transaction);
    const [id] = transaction.signatures as [Uint8Array];
    if (this.#pool.has(name) || this.#canonical(name) !== undefined) return id;
    const refused = this.check(transaction, { verifies: !this.#verifiedWires.has(wire) });
    if (refused === "SignatureFailure") refuse("INVALID_SIGNATURE", 0, "a signature is wrong");
    if (refused !== undefined) refuse("INVALID_TRANSACTION", undefined, describeError(refused));
    if (this.#pool.size >= POOL_MAX) {
      refuse("INVALID_TRANSACTION", undefined, `${POOL_MAX} transactions wait for a block already`);
    }
    this.#verified.add(transaction);
    this.#pool.set(name, transaction);
    return id;
  }

  /** Why the transaction cannot come into the next block, as far as that is known before it runs. */
  check(
    transaction: SvmTransactionEnvelope,
    options: { readonly verifies?: boolean; readonly checksBlockhash?: boolean } = {},
  ): TransactionError | undefined {
    if (options.verifies !== false && !hasValidSignatures(transaction)) return "SignatureFailure";
    if (this.#canonical(signatureName(transaction)) !== undefined) return "AlreadyProcessed";
    const unknown = this.#lookupError(transaction);
    if (unknown !== undefined) return unknown;
    const { recentBlockhash } = transaction.message;
    if (options.checksBlockhash === false || this.isRecent(recentBlockhash)) return undefined;
    const { height, hash } = this.blocks.head;
    const nonce = durableNonce(transaction.message, this.reader(height), hash);
    return nonce === undefined ? "BlockhashNotFound" : undefined;
  }

  /** Why the addresses that a transaction takes from tables cannot be had in the next block. */
  #lookupError({ message }: SvmTransactionEnvelope): TransactionError | undefined {
    if (message.lookups === undefined) return undefined;
    const { height } = this.blocks.head;
    const read = this.reader(height);
    const sysvars = sysvarAccounts(this.#slotPlace(height + 1));
    const loaded = loadLookups(message, { read, sysvar: (idHex) => sysvars.get(idHex)?.data });
    return "error" in loaded ? loaded.error : undefined;
  }

  /** Runs a transaction on the head's state, where it would stand in the next block; nothing changes. */
  simulate(
    transaction: SvmTransactionEnvelope,
    options: ExecuteOptions = {},
  ): {
    readonly result: ExecutedTransaction | RefusedTransaction;
    /** Accounts as the transaction leaves them. */
    readonly account: (key: Uint8Array) => SvmAccount | undefined;
  } {
    const bank = this.#bank(this.#timestamp());
    return { result: bank.execute(transaction, options), account: (key) => bank.account(key) };
  }

  produce(): SolanaBlock {
    const timestamp = this.#timestamp();
    const salt = this.#salt;
    const block = this.#append(timestamp, [...this.#pool.values()], salt);
    const transactions = block.transactions.map(({ transaction }) => transaction.wire);
    this.#tell(this.#recorded(block, { kind: "block", timestamp, transactions, salt }));
    return block;
  }

  /** Changes the state by decree, in a block of its own. Faults: those of the program that it installs. */
  decree(decree: SvmDecree): SolanaBlock {
    const payload = encodeDecree(decree);
    const block = this.#appendDecree(decree);
    this.#tell(this.#recorded(block, { kind: "decree", payload }));
    return block;
  }

  /**
   * Time travel: the next block, without transactions, stands at `slot`, and the clock moves on by 400 ms for each slot on the way. Fault:
   * INVALID_TRANSACTION if the slot is not behind the head.
   */
  warp(slot: number): SolanaBlock {
    this.#checkSlot(slot);
    this.#clock.advance((slot - this.blocks.head.height) * SLOT_SECONDS);
    return this.decree({ kind: "warp", slot, timestamp: this.#timestamp() });
  }

  #checkSlot(slot: number): void {
    const least = this.blocks.head.height + 1;
    if (Number.isInteger(slot) && slot >= least && slot <= SLOT_MAX) return;
    refuse("INVALID_TRANSACTION", undefined, `slot ${slot}; ${least} to ${SLOT_MAX} can be next`);
  }

  reorganise(depth: number, drop = false): void {
    this.#undone(this.blocks.reorganise(depth), drop);
    this.#tell({ kind: "reorg", depth });
  }

  snapshot(): LedgerSnapshot {
    const chain = this.blocks.snapshot();
    const snapshot: SvmSnapshot = {
      height: this.blocks.head.height,
      chain,
      pool: [...this.#pool.values()],
    };
    return snapshot;
  }

  restore(snapshot: LedgerSnapshot): void {
    const { chain, pool } = snapshot as SvmSnapshot;
    this.#salt++;
    this.#pool = new Map(pool.map((transaction) => [signatureName(transaction), transaction]));
    this.#placed.clear();
    for (const { block } of chain.links) this.#place(block);
    const inputs = this.#origins.inputsTo(this.blocks, chain);
    this.blocks.restore(chain);
    for (const input of inputs) this.#tell(input);
  }

  apply(input: LedgerInput): void {
    switch (input.kind) {
      case "block":
        this.#salt = Math.max(this.#salt, input.salt);
        this.#recorded(
          this.#append(input.timestamp, input.transactions.flatMap(tryDecode), input.salt),
          input,
        );
        return;
      case "reorg":
        // What waited when the log was written is not in it; a restored snapshot goes below final blocks.
        this.#undone(this.blocks.undo(input.depth), true);
        return;
      case "decree":
        this.#recorded(this.#appendDecree(decodeDecree(input.payload)), input);
    }
  }

  onInput(listener: (input: LedgerInput) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Appends a block of those of `transactions` that can be in it, in their order; the pool loses what is in it or never can be. */
  #append(
    timestamp: number,
    transactions: readonly SvmTransactionEnvelope[],
    salt: number,
  ): SolanaBlock {
    const bank = this.#bank(timestamp);
    const included = new Map<string, ExecutedTransaction>();
    let units = 0;
    for (const transaction of transactions) {
      const name = signatureName(transaction);
      const asked = readComputeBudget(transaction.message);
      const limit = "budget" in asked ? asked.budget.unitLimit : 0;
      if (units + limit > BLOCK_UNITS_MAX) continue;
      this.#pool.delete(name);
      const verifies = !this.#verified.has(transaction);
      const checks = { verifies, checksBlockhash: false };
      if (included.has(name) || this.check(transaction, checks) !== undefined) continue;
      const result = bank.execute(transaction);
      if ("refused" in result) continue;
      units += limit;
      included.set(name, result);
    }
    const { slot } = nextTo(this.blocks.head);
    return this.#seal(bank, { slot, timestamp, salt }, [...included.values()]);
  }

  #appendDecree(decree: SvmDecree): SolanaBlock {
    const { head } = this.blocks;
    const place = decree.kind === "warp" ? decree : nextTo(head);
    this.#checkSlot(place.slot);
    const bank = this.#bank(place.timestamp);
    for (const [key, account] of decreedAccounts(decree, place.slot)) bank.decree(key, account);
    return this.#seal(bank, { ...place, salt: this.#salt }, []);
  }

  #seal(
    bank: Bank,
    { slot, timestamp, salt }: Pick<SlotPlace, "slot" | "timestamp"> & { readonly salt: number },
    transactions: readonly ExecutedTransaction[],
  ): SolanaBlock {
    const { head } = this.blocks;
    const changes = bank.changes();
    const content = { height: slot, parentHash: head.hash, timestamp, transactions };
    const hash = hashBlock({ ...content, salt }, changes);
    const block: SolanaBlock = { ...content, number: head.number + 1, hash };
    // Before subscribers hear of the block, its transactions can be found.
    this.#place(block);
    this.blocks.append(block, changes);
    return block;
  }

  #undone(removed: readonly SolanaBlock[], drop: boolean): void {
    this.#salt++;
    const back = removed
      .toReversed()
      .flatMap(({ transactions }) => transactions.map(({ transaction }) => transaction));
    for (const transaction of back) this.#placed.delete(signatureName(transaction));
    if (drop) return;
    const waiting = [...back, ...this.#pool.values()];
    this.#pool = new Map(waiting.map((transaction) => [signatureName(transaction), transaction]));
  }

  #place(block: SolanaBlock): void {
    for (const [index, executed] of block.transactions.entries()) {
      this.#placed.set(signatureName(executed.transaction), { block, index, executed });
    }
  }

  /** The state on which the next block is made. */
  #bank(timestamp: number): Bank {
    const { head, state } = this.blocks;
    const slot = head.height + 1;
    const sysvars = (): ReadonlyMap<string, SvmAccount> =>
      sysvarAccounts({ ...this.#slotPlace(slot), timestamp });
    const bankState = new BankState(state, sysvars);
    return new Bank({
      engine: new Engine({ state: bankState, memory: this.#memory }),
      sysvar: (idHex) => bankState.sysvar(idHex)?.data,
      programs: this.#programs,
      blockhash: head.hash,
      isRecent: (blockhash) => this.isRecent(blockhash),
    });
  }

  /** Where the block at a height stands; the one that is not made yet has the time of the head. */
  #slotPlace(slot: number): SlotPlace {
    const { timestamp } = this.blocks.at(slot) ?? this.blocks.head;
    const first = this.blocks.from(epochOf(slot) * SLOTS_PER_EPOCH);
    const epochStart = first !== undefined && first.height < slot ? first.timestamp : undefined;
    return { slot, timestamp, epochStart, ancestors: this.#ancestors(slot) };
  }

  /** Blocks below a height, newest first, as many as a sysvar lists. */
  #ancestors(height: number): SlotPlace["ancestors"] {
    const ancestors: { slot: number; hash: Uint8Array }[] = [];
    for (const { height: slot, hash } of this.blocks.downFrom(height - 1)) {
      if (ancestors.length === SLOT_HASHES_MAX) break;
      ancestors.push({ slot, hash });
    }
    return ancestors;
  }

  /** Time of the next block, seconds since 1970-01-01. */
  #timestamp(): number {
    return Math.max(this.#clock.seconds(), this.blocks.head.timestamp);
  }

  #recorded(block: SolanaBlock, input: LedgerInput): LedgerInput {
    this.#origins.record(block, input);
    return input;
  }

  #tell(input: LedgerInput): void {
    for (const listener of [...this.#listeners]) listener(input);
  }
}

/** Where a block stands that follows `head` at once and at the same time. */
const nextTo = ({ height, timestamp }: SolanaBlock): Pick<SlotPlace, "slot" | "timestamp"> => ({
  slot: height + 1,
  timestamp,
});

/** Recorded bytes as a transaction; nothing if they are none. */
function tryDecode(wire: Uint8Array): SvmTransactionEnvelope[] {
  try {
    return [decodeTransaction(wire)];
  } catch (error) {
    if (error instanceof FaultError) return [];
    throw error;
  }
}
