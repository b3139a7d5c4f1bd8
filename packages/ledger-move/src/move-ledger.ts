import type { StateReader } from "@dragoman/core";
import { FaultError, refuse } from "@dragoman/fault";
import {
  BlockChain,
  type ChainSnapshot,
  type CommittedState,
  type Ledger,
  type LedgerClock,
  type LedgerInput,
  type LedgerSnapshot,
} from "@dragoman/ledger";
import { type ExecutionResult, executeTransaction } from "./execution/execute-transaction.ts";
import { MoveMachine } from "./execution/move-machine.ts";
import { type MoveGenesis, makeGenesis } from "./genesis.ts";
import { withTime } from "./journal-state.ts";
import { makeBlock } from "./make-block.ts";
import { type CommittedTransaction, lastVersion, type MoveBlock } from "./move-block.ts";
import { readAccount } from "./resource.ts";
import { decodeTransaction, type SignedTransaction } from "./transaction/transaction.ts";
import { checkAgainstState, checkForm, checkGas } from "./transaction/validate.ts";
import { TransactionIndex } from "./transaction-index.ts";
import { PARKED_MAX, TransactionPool } from "./transaction-pool.ts";

export interface MoveLedgerOptions {
  readonly clock: LedgerClock;
  readonly genesis: MoveGenesis;
  /** Blocks that stand on a block before it is final. */
  readonly finalityDepth: number;
}

interface MoveSnapshot extends LedgerSnapshot {
  readonly chain: ChainSnapshot<MoveBlock>;
  readonly pool: TransactionPool;
}

/** An Aptos chain in memory: a pure function of its genesis and its inputs. */
export class MoveLedger implements Ledger<MoveBlock> {
  readonly blocks: BlockChain<MoveBlock>;
  readonly chainId: number;
  readonly machine: MoveMachine;
  /** Committed transactions by version and hash. */
  readonly transactions = new TransactionIndex();
  readonly #clock: LedgerClock;
  readonly #listeners = new Set<(input: LedgerInput) => void>();
  #pool = new TransactionPool();
  #salt = 0;

  constructor({ clock, genesis, finalityDepth }: MoveLedgerOptions) {
    this.machine = new MoveMachine(genesis.chainId);
    const { block, state } = makeGenesis(this.machine, genesis);
    this.chainId = genesis.chainId;
    this.#clock = clock;
    this.blocks = new BlockChain(block, state, finalityDepth);
    this.transactions.append(block);
  }

  /** State after the head. */
  get state(): CommittedState {
    return this.blocks.state;
  }

  /** Seconds since 1970-01-01 that a block made now would have. */
  get now(): number {
    return Math.max(this.#clock.seconds(), this.blocks.head.timestamp);
  }

  /** State on which the next block would begin: that after the head, at the time of {@link now}. */
  get nextState(): StateReader {
    return withTime(this.state, this.now);
  }

  /**
   * A number beyond the account's next one waits for those between. Faults: as {@link Ledger.submit} says; the context's `status` is Aptos's
   * name for it.
   */
  submit(bytes: Uint8Array): Uint8Array {
    const transaction = decodeTransaction(bytes);
    const { hash } = transaction;
    if (this.transactions.find(hash) !== undefined || this.pending(hash) !== undefined) return hash;
    checkForm(transaction);
    checkAgainstState(transaction, this.#context, BigInt(PARKED_MAX));
    this.#pool.add(transaction);
    return hash;
  }

  get #context() {
    return { state: this.state, chainId: this.chainId, timestamp: this.now };
  }

  /** A transaction that waits for its block. */
  pending(hash: Uint8Array): SignedTransaction | undefined {
    return this.#pool.find(hash);
  }

  /** Next number of the account when all of its waiting transactions that can be included are. */
  nextPendingNumber(sender: Uint8Array): bigint {
    let next = readAccount(this.state, sender).sequenceNumber;
    while (this.#pool.at(sender, next) !== undefined) next += 1n;
    return next;
  }

  get pendingCount(): number {
    return this.#ready().length;
  }

  #ready(): SignedTransaction[] {
    return this.#pool.ready((sender) => readAccount(this.state, sender).sequenceNumber);
  }

  produce(): MoveBlock {
    return this.#append(this.now, this.#salt, this.#ready(), true);
  }

  #append(
    timestamp: number,
    salt: number,
    transactions: readonly SignedTransaction[],
    isOwn: boolean,
  ): MoveBlock {
    const { blocks, machine, chainId } = this;
    const content = { timestamp, salt, transactions };
    const { block, changes } = makeBlock(machine, chainId, this.state, blocks.head, content);
    // Before the block is announced: who hears of it may ask for its transactions.
    this.transactions.append(block);
    blocks.append(block, changes);
    this.#pool.keep(
      ({ sender, sequenceNumber, nonce, expiration }) =>
        expiration > BigInt(timestamp) &&
        (nonce !== undefined || sequenceNumber >= readAccount(this.state, sender).sequenceNumber),
    );
    // Those that the block left out, for want of a balance, cannot wait for another.
    for (const { hash } of transactions) this.#pool.remove(hash);
    if (isOwn) this.#tell(blockInput(block));
    return block;
  }

  reorganise(depth: number, drop = false): void {
    const removed = this.#undone(this.blocks.reorganise(depth));
    this.#salt += 1;
    if (!drop) {
      const returned = [...removed].reverse().flatMap(({ transactions }) => transactions);
      this.#pool = new TransactionPool([
        ...returned.flatMap((one) => (one.kind === "user" ? [one.signed] : [])),
        ...this.#pool.transactions(),
      ]);
    }
    this.#tell({ kind: "reorg", depth });
  }

  #undone(removed: readonly MoveBlock[]): readonly MoveBlock[] {
    this.transactions.truncate(lastVersion(this.blocks.head) + 1);
    return removed;
  }

  snapshot(): LedgerSnapshot {
    const { height } = this.blocks.head;
    const snapshot: MoveSnapshot = {
      height,
      chain: this.blocks.snapshot(),
      pool: this.#pool.clone(),
    };
    return snapshot;
  }

  restore(snapshot: LedgerSnapshot): void {
    const { chain, pool } = snapshot as MoveSnapshot;
    const before = [...this.blocks.blocks()];
    this.blocks.restore(chain);
    const after = [...this.blocks.blocks()];
    let common = 0;
    while (before[common] !== undefined && before[common] === after[common]) common++;
    this.transactions.truncate(lastVersion(after[common - 1]!) + 1);
    for (const block of after.slice(common)) this.transactions.append(block);
    this.#pool = pool.clone();
    this.#salt += 1;
    // A log has no snapshots: the same in blocks undone and blocks made again.
    const depth = before.length - common;
    if (depth > 0) this.#tell({ kind: "reorg", depth });
    for (const block of after.slice(common)) this.#tell(blockInput(block));
  }

  /** Faults: REORG_DEPTH_EXCEEDED; INVALID_TRANSACTION for a decree, which this chain has not. */
  apply(input: LedgerInput): void {
    if (input.kind === "decree") {
      refuse("INVALID_TRANSACTION", undefined, "an Aptos ledger knows no decrees");
    }
    if (input.kind === "reorg") {
      this.#undone(this.blocks.undo(input.depth));
      this.#salt += 1;
      return;
    }
    const transactions = input.transactions.flatMap((bytes) => admit(bytes));
    this.#salt = Math.max(this.#salt, input.salt);
    this.#append(input.timestamp, input.salt, transactions, false);
  }

  onInput(listener: (input: LedgerInput) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(input: LedgerInput): void {
    for (const listener of [...this.#listeners]) listener(input);
  }

  /**
   * What a transaction would do in the next block; nothing changes. Its signature is not looked at. Faults: those of {@link submit} that
   * concern anything else.
   */
  simulate(transaction: SignedTransaction): ExecutionResult {
    checkGas(transaction);
    checkAgainstState(transaction, this.#context);
    return executeTransaction(this.machine, this.machine.engine(this.nextState), transaction);
  }
}

/** The transaction, if its bytes and its signature are good. */
function admit(bytes: Uint8Array): SignedTransaction[] {
  try {
    const transaction = decodeTransaction(bytes);
    checkForm(transaction);
    return [transaction];
  } catch (error) {
    if (error instanceof FaultError) return [];
    throw error;
  }
}

const blockInput = ({ timestamp, salt, transactions }: MoveBlock): LedgerInput => ({
  kind: "block",
  timestamp,
  salt,
  transactions: transactions.flatMap((one: CommittedTransaction) =>
    one.kind === "user" ? [one.signed.bytes] : [],
  ),
});
