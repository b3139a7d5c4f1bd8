import { encodeHex } from "@dragoman/bytes";
import type { CommittedTransaction, MoveBlock } from "./move-block.ts";

/** The committed transactions of a chain by version and by hash; follows its reorganisations. */
export class TransactionIndex {
  readonly #byVersion: CommittedTransaction[] = [];
  readonly #byHash = new Map<string, number>();

  /** Number of versions. */
  get length(): number {
    return this.#byVersion.length;
  }

  append(block: MoveBlock): void {
    for (const transaction of block.transactions) {
      this.#byHash.set(encodeHex(transaction.hash), transaction.version);
      this.#byVersion.push(transaction);
    }
  }

  /** Forgets versions from `length` on. */
  truncate(length: number): void {
    for (const { hash } of this.#byVersion.splice(length)) this.#byHash.delete(encodeHex(hash));
  }

  at(version: number): CommittedTransaction | undefined {
    return this.#byVersion[version];
  }

  find(hash: Uint8Array): CommittedTransaction | undefined {
    const version = this.#byHash.get(encodeHex(hash));
    return version === undefined ? undefined : this.#byVersion[version];
  }

  /** Transactions of the versions `start` up to but without `end`. */
  slice(start: number, end: number): readonly CommittedTransaction[] {
    return this.#byVersion.slice(start, end);
  }
}
