import { encodeHex } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";
import type { SignedTransaction } from "./transaction/transaction.ts";

/** Transactions of one sender that may wait for numbers that are still missing. */
export const PARKED_MAX = 1_000;

/** Transactions that wait together. */
const POOL_MAX = 20_000;

/** Transactions that wait for a block, in the order of their coming. */
export class TransactionPool {
  readonly #entries = new Map<string, SignedTransaction>();
  /** By sender and number. */
  readonly #slots = new Map<string, Map<bigint, SignedTransaction>>();
  /** Those without an order, by sender and nonce. */
  readonly #nonces = new Map<string, SignedTransaction>();

  /** Of two transactions of one sender and number or nonce, the first is kept. */
  constructor(transactions: Iterable<SignedTransaction> = []) {
    for (const transaction of transactions) {
      if (this.#rival(transaction) === undefined) this.#insert(transaction);
    }
  }

  find(hash: Uint8Array): SignedTransaction | undefined {
    return this.#entries.get(encodeHex(hash));
  }

  /** The sender's transaction with this number. */
  at(sender: Uint8Array, sequenceNumber: bigint): SignedTransaction | undefined {
    return this.#slots.get(encodeHex(sender))?.get(sequenceNumber);
  }

  /** The transaction that waits in this one's place. */
  #rival(transaction: SignedTransaction): SignedTransaction | undefined {
    return transaction.nonce === undefined
      ? this.at(transaction.sender, transaction.sequenceNumber)
      : this.#nonces.get(nonceKey(transaction));
  }

  /** In the order of their coming. */
  transactions(): Iterable<SignedTransaction> {
    return this.#entries.values();
  }

  /**
   * Adds a transaction. One of the same sender and number or nonce gives way to one that pays more for gas. Fault: INVALID_TRANSACTION where it
   * does not pay more, or the pool is full; the context's `status` says which.
   */
  add(transaction: SignedTransaction): void {
    const rival = this.#rival(transaction);
    if (rival !== undefined) {
      if (transaction.gasUnitPrice <= rival.gasUnitPrice) {
        const message = "Transaction already in mempool with a different payload";
        refuse("INVALID_TRANSACTION", undefined, message, { status: "INVALID_UPDATE" });
      }
      this.remove(rival.hash);
    }
    if (this.#entries.size >= POOL_MAX) {
      const message = `Mempool is full: ${POOL_MAX} transactions wait`;
      refuse("INVALID_TRANSACTION", undefined, message, { status: "MEMPOOL_IS_FULL" });
    }
    this.#insert(transaction);
  }

  #insert(transaction: SignedTransaction): void {
    this.#entries.set(encodeHex(transaction.hash), transaction);
    if (transaction.nonce !== undefined) {
      this.#nonces.set(nonceKey(transaction), transaction);
      return;
    }
    const sender = encodeHex(transaction.sender);
    const slots = this.#slots.get(sender) ?? new Map<bigint, SignedTransaction>();
    slots.set(transaction.sequenceNumber, transaction);
    this.#slots.set(sender, slots);
  }

  remove(hash: Uint8Array): void {
    const key = encodeHex(hash);
    const transaction = this.#entries.get(key);
    if (transaction === undefined) return;
    this.#entries.delete(key);
    if (transaction.nonce !== undefined) {
      this.#nonces.delete(nonceKey(transaction));
      return;
    }
    const sender = encodeHex(transaction.sender);
    const slots = this.#slots.get(sender);
    slots?.delete(transaction.sequenceNumber);
    if (slots?.size === 0) this.#slots.delete(sender);
  }

  /** Forgets transactions for which `test` is false. */
  keep(test: (transaction: SignedTransaction) => boolean): void {
    for (const entry of [...this.#entries.values()]) if (!test(entry)) this.remove(entry.hash);
  }

  /**
   * Transactions that can follow each other on a state in which `next` gives each sender's next number: by coming, but each sender's numbered ones by
   * number.
   */
  ready(next: (sender: Uint8Array) => bigint): SignedTransaction[] {
    const numbers = new Map<string, bigint>();
    const come = new Set<SignedTransaction>();
    const ready: SignedTransaction[] = [];
    for (const entry of this.#entries.values()) {
      if (entry.nonce !== undefined) {
        ready.push(entry);
        continue;
      }
      const sender = encodeHex(entry.sender);
      const slots = this.#slots.get(sender);
      let number = numbers.get(sender) ?? next(entry.sender);
      come.add(entry);
      for (;;) {
        const found = slots?.get(number);
        if (found === undefined || !come.has(found)) break;
        ready.push(found);
        number += 1n;
      }
      numbers.set(sender, number);
    }
    return ready;
  }

  clone(): TransactionPool {
    return new TransactionPool(this.#entries.values());
  }
}

const nonceKey = ({ sender, nonce }: SignedTransaction): string => `${encodeHex(sender)} ${nonce}`;
