import { encodeHex } from "@dragoman/bytes";
import { type CellChange, LinearMemory, type StateReader } from "@dragoman/core";
import { assert, FaultError, refuse } from "@dragoman/fault";
import {
  type Account,
  DOMAIN,
  type ForkName,
  forkIndex,
  NEWEST_FORK,
  scheduleOf,
  writeAccount,
} from "@dragoman/frontend-evm";
import type { Tracer } from "@dragoman/frontend-evm/trace";
import {
  BlockChain,
  BlockOrigins,
  type ChainSnapshot,
  type Ledger,
  type LedgerClock,
  type LedgerInput,
  type LedgerSnapshot,
} from "@dragoman/ledger";
import { blobBaseFee } from "./block/blob-gas.ts";
import { type BlockSite, buildBlock, startHeader } from "./block/build-block.ts";
import type { EvmBlock, EvmHeader, EvmReceipt } from "./block/evm-block.ts";
import { CallEngine } from "./call-engine.ts";
import { decodeDecree, type EvmDecree, encodeDecree } from "./decree.ts";
import { estimateGas } from "./estimate-gas.ts";
import { type CallSite, type EvmCall, runCall } from "./evm-call.ts";
import { blockAccesses, transactionAccesses } from "./fork/block-accesses.ts";
import type { ForkBase } from "./fork/fork-base.ts";
import { guardBase } from "./fork/guard-base.ts";
import { type EvmGenesis, type ForkedGenesis, openFork, openGenesis } from "./genesis.ts";
import { type SimulatedBlock, type SimulationResult, simulateBlocks } from "./simulate-blocks.ts";
import { type AccountProof, type CodeTable, TrieState } from "./state-trie.ts";
import { stateBefore, type TraceCallOptions, traceBlock, traceCall } from "./trace-calls.ts";
import { checkSidecar } from "./transaction/blob-sidecar.ts";
import { objectionTo, refuseFor } from "./transaction/check-transaction.ts";
import { decodeTransaction } from "./transaction/decode-transaction.ts";
import type { EvmTransaction } from "./transaction/evm-transaction.ts";
import {
  decodeImpersonated,
  type ImpersonatedFields,
  impersonated,
  isImpersonated,
} from "./transaction/impersonated-transaction.ts";
import { TransactionPool } from "./transaction/transaction-pool.ts";
import { integerOf } from "./trie/rlp.ts";

export interface EvmLedgerOptions {
  readonly clock: LedgerClock;
  readonly genesis: EvmGenesis | ForkedGenesis;
  /** Blocks that stand on a final one. */
  readonly finalityDepth: number;
  /** Paris or later, of a forked chain Cancun or later; default: the newest. */
  readonly fork?: ForkName;
}

interface EvmSnapshot extends LedgerSnapshot {
  readonly chain: ChainSnapshot<EvmBlock>;
  readonly pool: TransactionPool;
}

/** Where a transaction is. */
export interface PlacedTransaction {
  readonly block: EvmBlock;
  readonly receipt: EvmReceipt;
}

/** Height of a canonical block, or the block that would be made now. */
export type StateAt = number | "pending";

/** Account of the state that is not storage. */
export type AccountView = Required<Pick<Account, "nonce" | "balance" | "code">>;

const NOTHING = new Uint8Array(0);

/**
 * An Ethereum chain in memory. Every block's state stays readable: states are tries that share what did not change. Blocks of one second
 * have one timestamp.
 */
export class EvmLedger implements Ledger<EvmBlock> {
  readonly blocks: BlockChain<EvmBlock>;
  readonly chainId: bigint;
  readonly fork: ForkName;
  readonly #clock: LedgerClock;
  #memory = new LinearMemory();
  #calls = new CallEngine();
  readonly #codes: CodeTable;
  readonly #base: ForkBase | undefined;
  #pool = new TransactionPool();
  /** Canonical transactions by hash. */
  readonly #placed = new Map<string, PlacedTransaction>();
  /** What made each block, so that a restored one can be recorded again. */
  readonly #origins = new BlockOrigins<EvmBlock>();
  readonly #listeners = new Set<(input: LedgerInput) => void>();
  readonly #pendingListeners = new Set<(tx: EvmTransaction) => void>();
  #salt = 0;

  constructor({ clock, genesis, finalityDepth, fork = NEWEST_FORK }: EvmLedgerOptions) {
    assert(forkIndex(fork) >= forkIndex("paris"), "blocks are those of proof of stake");
    this.#clock = clock;
    this.chainId = genesis.chainId;
    this.fork = fork;
    // What ended in the middle of a read leaves frames behind.
    const renew = (): void => {
      this.#memory = new LinearMemory();
      this.#calls = new CallEngine();
    };
    this.#base = "base" in genesis ? guardBase(genesis.base, renew) : undefined;
    // Older rules delete whole accounts, and nobody knows the slots of one in a base.
    assert(this.#base === undefined || forkIndex(fork) >= forkIndex("cancun"), "rules of a fork");
    const { block, state, codes } =
      "base" in genesis ? openFork({ ...genesis, base: this.#base! }) : openGenesis(genesis, fork);
    this.#codes = codes;
    this.blocks = new BlockChain(block, state, finalityDepth);
  }

  get pendingCount(): number {
    return this.#candidates().length;
  }

  /** The transaction in the canonical chain; undefined if it is not there. */
  find(hash: Uint8Array): PlacedTransaction | undefined {
    return this.#placed.get(encodeHex(hash));
  }

  /** The transaction, if it waits for a block. */
  pending(hash: Uint8Array): EvmTransaction | undefined {
    return this.#pool.find(hash);
  }

  /** All transactions that wait for a block, some of them for others first. */
  pendingTransactions(): Iterable<EvmTransaction> {
    return this.#pool.all();
  }

  /** Hears of transactions that come into the pool; the result ends the subscription. */
  onPending(listener: (tx: EvmTransaction) => void): () => void {
    this.#pendingListeners.add(listener);
    return () => this.#pendingListeners.delete(listener);
  }

  submit(raw: Uint8Array): Uint8Array {
    return this.#admit(decodeTransaction(raw));
  }

  /** Puts a transaction into the pool as if `sender` had signed it: what development nodes call impersonation. Faults as {@link submit}. */
  submitAs(sender: Uint8Array, fields: ImpersonatedFields): Uint8Array {
    return this.#admit(impersonated(sender, { ...fields, chainId: this.chainId }));
  }

  withdraw(hash: Uint8Array): void {
    const tx = this.pending(hash);
    if (tx !== undefined) this.#pool.remove(tx);
  }

  #admit(tx: EvmTransaction): Uint8Array {
    if (this.pending(tx.hash) !== undefined || this.find(tx.hash) !== undefined) return tx.hash;
    if (tx.chainId !== undefined && tx.chainId !== this.chainId) {
      const ids = `have ${tx.chainId} want ${this.chainId}`;
      refuse("CHAIN_ID_MISMATCH", undefined, `invalid chain id for signer: ${ids}`);
    }
    this.#prefetch(tx);
    const { rules } = scheduleOf(this.fork);
    const objection = objectionTo(tx, {
      rules,
      sender: this.account(tx.sender),
      blockGasLimit: this.blocks.head.header.gasLimit,
    });
    const isEarly =
      objection?.name === "NONCE_MISMATCH" && tx.nonce > this.account(tx.sender).nonce;
    if (objection !== undefined && !isEarly) refuseFor(objection);
    if (tx.type === 3) checkSidecar(rules, tx.blobHashes ?? [], tx.sidecar);
    this.#pool.add(tx);
    for (const listener of [...this.#pendingListeners]) listener(tx);
    return tx.hash;
  }

  /** Account at the state of a block; zeros if there is none. */
  account(address: Uint8Array, at: StateAt = this.blocks.head.height): AccountView {
    const state = this.stateAt(at);
    const word = (domain: string): bigint =>
      integerOf(state.read(domain, address, NOTHING) ?? NOTHING);
    const code = state.read(DOMAIN.CODE, address, NOTHING) ?? NOTHING;
    return { nonce: word(DOMAIN.NONCE), balance: word(DOMAIN.BALANCE), code };
  }

  /** Next nonce of a sender behind what waits in the pool without a gap. */
  nextNonce(sender: Uint8Array): bigint {
    const waiting = this.#pool.of(sender);
    let { nonce } = this.account(sender);
    while (waiting.has(nonce)) nonce++;
    return nonce;
  }

  /** State after a canonical block, or after the block that would be made now. */
  stateAt(at: StateAt): StateReader {
    if (at === this.blocks.head.height) return this.blocks.state;
    if (at === "pending") {
      const waits = this.pendingCount > 0;
      return waits ? this.#stateOf(this.pendingBlock()) : this.blocks.state;
    }
    const block = this.blocks.at(at);
    assert(block !== undefined, "states are read at canonical blocks");
    return this.#stateOf(block);
  }

  #stateOf({ state }: EvmBlock): TrieState {
    return new TrieState(state, this.#codes, this.#base?.state);
  }

  /** An account at the state of a block, with proofs against its state root (EIP-1186). Slots are 32 bytes. Fault: UNSUPPORTED_STATE_PROOF. */
  proof(address: Uint8Array, slots: readonly Uint8Array[], at: StateAt): AccountProof {
    if (this.#base !== undefined) {
      const why = `its state root covers what changed since block ${this.blocks.first.height} alone`;
      refuse("UNSUPPORTED_STATE_PROOF", undefined, `a forked chain proves nothing: ${why}`);
    }
    const block = at === "pending" ? this.pendingBlock() : this.blocks.at(at);
    assert(block !== undefined, "states are read at canonical blocks");
    return this.#stateOf(block).proof(address, slots);
  }

  /** The block that would be made now. */
  pendingBlock(): EvmBlock {
    return this.#build(this.#timestamp(), this.#salt, this.#candidates()).block;
  }

  /** Runs a call on the state of a block. Faults: BALANCE_EXCEEDED, INVALID_TRANSACTION. */
  call(call: EvmCall, at: StateAt = this.blocks.head.height): ReturnType<typeof runCall> {
    const { head } = this.blocks;
    this.#prefetch({ sender: call.from, ...call });
    // Other blocks' states are asked for seldom, and the pending one changes with the pool.
    if (at !== head.height) return runCall(this.#callSite(at), call);
    return this.#calls.run(head, this.#callSite(at), call);
  }

  /** Gas that a call needs, or how it fails. Faults as {@link call}. */
  estimateGas(call: EvmCall, at: StateAt = "pending"): ReturnType<typeof estimateGas> {
    this.#prefetch({ sender: call.from, ...call });
    return estimateGas(this.#callSite(at), call);
  }

  /** Runs blocks of calls on top of a block; nothing changes. Faults as {@link call}. */
  simulate(blocks: readonly SimulatedBlock[], at: StateAt): readonly SimulationResult[] {
    const parent = at === "pending" ? this.pendingBlock() : this.blocks.at(at);
    assert(parent !== undefined, "simulations run on canonical blocks");
    return simulateBlocks({ ...this.#site(), state: this.stateAt(at) }, parent, blocks);
  }

  /** Runs a call on the state of a block under a tracer; nothing changes. Faults as {@link call}. */
  traceCall(call: EvmCall, block: EvmBlock, tracer: Tracer, options: TraceCallOptions = {}): void {
    const { transactionIndex: index } = options;
    const site = this.#callSite(block.height);
    const state = index === undefined ? site.state : stateBefore(this.#siteOf(block), block, index);
    traceCall({ ...site, state }, call, tracer, options.header);
  }

  /** Runs the transactions of a block again, each under the tracer that `tracerOf` gives for it, if it gives one. */
  traceBlock(block: EvmBlock, tracerOf: (receipt: EvmReceipt) => Tracer | undefined): void {
    if (block.receipts.length > 0) traceBlock(this.#siteOf(block), block, tracerOf);
  }

  /** Where a canonical block was made. */
  #siteOf(block: EvmBlock): BlockSite {
    const parent = this.blocks.at(block.height - 1);
    assert(parent !== undefined, "blocks with transactions stand on others");
    return { ...this.#site(), parent, state: this.stateAt(parent.height) };
  }

  /** Header fields of the block that would be made now. */
  nextHeader(): ReturnType<typeof startHeader> {
    return startHeader(this.blocks.head, this.#timestamp(), this.#salt, this.fork);
  }

  /** Wei a unit of blob gas in a block. */
  blobBaseFee({ excessBlobGas = 0n }: Pick<EvmHeader, "excessBlobGas">): bigint {
    return blobBaseFee(scheduleOf(this.fork).rules, excessBlobGas);
  }

  produce(): EvmBlock {
    const timestamp = this.#timestamp();
    const salt = this.#salt;
    const { block, changes } = this.#build(timestamp, salt, this.#candidates());
    const transactions = block.transactions.map(({ raw }) => raw);
    const input = { kind: "block", timestamp, transactions, salt } as const;
    this.#append(block, changes, input);
    this.#tell(input);
    return block;
  }

  /** Changes an account by decree, in a block of its own. */
  decree(decree: EvmDecree): EvmBlock {
    const payload = encodeDecree(decree, this.#timestamp(), this.#salt);
    const input = { kind: "decree", payload } as const;
    const block = this.#appendDecree(input);
    this.#tell(input);
    return block;
  }

  reorganise(depth: number, drop = false): void {
    const { head, finalized } = this.blocks;
    const isAllowed =
      Number.isInteger(depth) && depth >= 1 && depth <= head.height - finalized.height;
    if (!isAllowed) this.blocks.reorganise(depth);
    this.#undo(depth, drop);
    this.#tell({ kind: "reorg", depth });
  }

  snapshot(): LedgerSnapshot {
    const snapshot: EvmSnapshot = {
      height: this.blocks.head.height,
      chain: this.blocks.snapshot(),
      pool: this.#pool.copy(),
    };
    return snapshot;
  }

  /** Recorded as the way from here to there: blocks that go, then those that come again. */
  restore(snapshot: LedgerSnapshot): void {
    const { chain, pool } = snapshot as EvmSnapshot;
    const target = chain.links.map(({ block }) => block);
    const inputs = this.#origins.inputsTo(this.blocks, chain);
    this.#salt++;
    this.#pool = pool.copy();
    this.#placed.clear();
    for (const block of target) this.#place(block);
    this.blocks.restore(chain);
    for (const input of inputs) this.#tell(input);
  }

  apply(input: LedgerInput): void {
    switch (input.kind) {
      case "block": {
        this.#salt = Math.max(this.#salt, input.salt);
        const transactions = input.transactions.flatMap(decodeRecorded);
        const { block, changes } = this.#build(input.timestamp, input.salt, transactions);
        this.#append(block, changes, input);
        return;
      }
      case "reorg":
        // What waited when the log was written is not in it.
        this.#undo(input.depth, true);
        return;
      case "decree":
        this.#appendDecree(input);
    }
  }

  onInput(listener: (input: LedgerInput) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What the next block takes from the pool, in its order. */
  #candidates(): EvmTransaction[] {
    const next = this.nextHeader();
    const fees = { baseFee: next.baseFee, blobBaseFee: this.blobBaseFee(next) };
    return this.#pool.candidates((sender) => this.account(sender), fees);
  }

  #build(
    timestamp: number,
    salt: number,
    transactions: readonly EvmTransaction[],
  ): ReturnType<typeof buildBlock> {
    const start = startHeader(this.blocks.head, timestamp, salt, this.fork);
    this.#base?.state.prefetch(blockAccesses(start, transactions));
    return buildBlock(this.#site(), start, transactions);
  }

  #appendDecree(input: LedgerInput & { readonly kind: "decree" }): EvmBlock {
    const { decree, timestamp, salt } = decodeDecree(input.payload);
    const { address, ...account } = decree;
    const start = startHeader(this.blocks.head, timestamp, salt, this.fork);
    this.#base?.state.prefetch(blockAccesses(start, []));
    const { block, changes } = buildBlock(this.#site(), start, [], ({ journal }) =>
      writeAccount(journal, address, account),
    );
    this.#append(block, changes, input);
    return block;
  }

  /** Before subscribers hear of the block, its transactions can be found and are no longer pending. */
  #append(block: EvmBlock, changes: readonly CellChange[], input: LedgerInput): void {
    this.#origins.record(block, input);
    this.#place(block);
    const used = new Map<string, bigint>();
    for (const { sender, nonce } of block.transactions) used.set(encodeHex(sender), nonce + 1n);
    if (used.size > 0) {
      this.#pool.prune((sender) => used.get(encodeHex(sender)) ?? this.account(sender).nonce);
    }
    this.blocks.append(block, changes);
  }

  /** Before subscribers hear of it, the undone transactions are no longer placed. */
  #undo(depth: number, drop: boolean): void {
    const { height } = this.blocks.head;
    this.#salt++;
    for (let at = height - depth + 1; at <= height; at++) {
      for (const tx of this.blocks.at(at)!.transactions) {
        this.#placed.delete(encodeHex(tx.hash));
        if (!drop) this.#pool.putBack(tx);
      }
    }
    this.blocks.undo(depth);
  }

  #place(block: EvmBlock): void {
    for (const receipt of block.receipts) {
      this.#placed.set(encodeHex(receipt.transaction.hash), { block, receipt });
    }
  }

  #site(): BlockSite {
    return {
      parent: this.blocks.head,
      state: this.blocks.state,
      codes: this.#codes,
      base: this.#base?.state,
      memory: this.#memory,
      fork: this.fork,
      chainId: this.chainId,
      blockHash: (number) => this.#blockHash(number),
    };
  }

  #prefetch(tx: Parameters<typeof transactionAccesses>[0]): void {
    this.#base?.state.prefetch(transactionAccesses(tx));
  }

  #callSite(at: StateAt): CallSite {
    const header = at === "pending" ? this.nextHeader() : this.blocks.at(at)?.header;
    assert(header !== undefined, "calls run at canonical blocks");
    return { ...this.#site(), state: this.stateAt(at), header };
  }

  #blockHash(number: bigint): bigint {
    const height = Number(number);
    const block = this.blocks.at(height);
    if (block !== undefined) return integerOf(block.hash);
    const isOlder = this.#base !== undefined && height < this.blocks.first.height;
    return isOlder ? integerOf(this.#base.blockHash(height)) : 0n;
  }

  /** Time of the next block, seconds since 1970-01-01. */
  #timestamp(): number {
    return Math.max(this.#clock.seconds(), this.blocks.head.timestamp);
  }

  #tell(input: LedgerInput): void {
    for (const listener of [...this.#listeners]) listener(input);
  }
}

/** Recorded bytes as a transaction; nothing if they are none. */
function decodeRecorded(raw: Uint8Array): EvmTransaction[] {
  try {
    return [isImpersonated(raw) ? decodeImpersonated(raw) : decodeTransaction(raw)];
  } catch (error) {
    if (error instanceof FaultError) return [];
    throw error;
  }
}
