import { encodeHex } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";
import type { SignedTransaction } from "./transaction/transaction.ts";

/** Transactions of one sender that may wait for numbers that are still missing. */
export const PARKED_MAX = 1_000;

/** Transactions that wait for a block, in the order of their coming. */
export class TransactionPool {
  #entries: Map<string, SignedTransaction>;

  constructor(entries: Iterable<readonly [string, SignedTransaction]> = []) {
    this.#entries = new Map(entries);
  }

  find(hash: Uint8Array): SignedTransaction | undefined {
    return this.#entries.get(encodeHex(hash));
  }

  /** Transactions of a sender by number. */
  ofSender(sender: Uint8Array): SignedTransaction[] {
    const key = encodeHex(sender);
    return [...this.#entries.values()]
      .filter((entry) => encodeHex(entry.sender) === key)
      .sort((a, b) => (a.sequenceNumber < b.sequenceNumber ? -1 : 1));
  }

  /**
   * Adds a transaction. One of the same sender and number gives way to one that pays more for gas. Fault: INVALID_TRANSACTION where it
   * does not pay more.
   */
  add(transaction: SignedTransaction): void {
    const rival = this.ofSender(transaction.sender).find(
      ({ sequenceNumber }) => sequenceNumber === transaction.sequenceNumber,
    );
    if (rival !== undefined) {
      if (transaction.gasUnitPrice <= rival.gasUnitPrice) {
        const message = "Transaction already in mempool with a different payload";
        refuse("INVALID_TRANSACTION", undefined, message, { status: "INVALID_UPDATE" });
      }
      this.#entries.delete(encodeHex(rival.hash));
    }
    this.#entries.set(encodeHex(transaction.hash), transaction);
  }

  remove(hash: Uint8Array): void {
    this.#entries.delete(encodeHex(hash));
  }

  /** Forgets transactions for which `test` is false. */
  keep(test: (transaction: SignedTransaction) => boolean): void {
    for (const [key, entry] of this.#entries) if (!test(entry)) this.#entries.delete(key);
  }

  /**
   * Transactions that can follow each other on a state in which `next` gives each sender's next number: by coming, but each sender's by number.
   */
  ready(next: (sender: Uint8Array) => bigint): SignedTransaction[] {
    const numbers = new Map<string, bigint>();
    const waiting = new Map<string, SignedTransaction>();
    const ready: SignedTransaction[] = [];
    const slot = (sender: string, number: bigint): string => `${sender} ${number}`;
    for (const entry of this.#entries.values()) {
      const sender = encodeHex(entry.sender);
      let number = numbers.get(sender) ?? next(entry.sender);
      waiting.set(slot(sender, entry.sequenceNumber), entry);
      for (let found = waiting.get(slot(sender, number)); found !== undefined; ) {
        ready.push(found);
        number += 1n;
        found = waiting.get(slot(sender, number));
      }
      numbers.set(sender, number);
    }
    return ready;
  }

  /** By hash in hex, in the order of their coming. */
  entries(): Iterable<readonly [string, SignedTransaction]> {
    return this.#entries;
  }

  clone(): TransactionPool {
    return new TransactionPool(this.#entries);
  }
}
