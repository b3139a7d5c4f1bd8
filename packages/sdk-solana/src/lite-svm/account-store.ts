import { decodeBase58, encodeHex } from "@dragoman/bytes";
import { BEGINNING, Engine, type Journal, LinearMemory, MemoryState } from "@dragoman/core";
import {
  accountIndex,
  findHead,
  readAccount,
  readData,
  removeAccount,
  type SvmAccount,
  writeAccount,
} from "@dragoman/frontend-sbpf";
import { SYSVAR_ADDRESSES } from "./sysvar-codec.ts";

/**
 * Accounts by address, and how to go back to what they were. They are the cells of one journal, on which the chain's transactions run: what
 * one of them leaves need not be copied anywhere.
 */
export class AccountStore {
  readonly engine: Engine = new Engine({ state: new MemoryState(), memory: new LinearMemory() });
  readonly #journal: Journal = this.engine.journal;
  /** Cells in the order in which they were written, and what they held before. */
  readonly #undo: { readonly cell: number; readonly before: Uint8Array | undefined }[] = [];
  /** Whether somebody may want to go back. */
  #hasMark = false;
  /** Numbers of the sysvars' accounts by address in hex. */
  readonly #sysvars: ReadonlyMap<string, number> = new Map(
    SYSVAR_KEYS.map(({ key, idHex }) => [idHex, accountIndex(this.#journal, key)]),
  );

  get(key: Uint8Array): SvmAccount | undefined {
    return readAccount(this.#journal, key);
  }

  /** Data of a sysvar by its address in hex; undefined = there is none. */
  readonly sysvar = (idHex: string): Uint8Array | undefined => {
    const index = this.#sysvars.get(idHex);
    if (index === undefined || findHead(this.#journal, index) === undefined) return undefined;
    return readData(this.#journal, index);
  };

  /** Writes the account; undefined removes it. */
  put(key: Uint8Array, account: SvmAccount | undefined): void {
    this.#journal.beginTransaction();
    writeAccount(this.#journal, key, account);
    this.keep();
  }

  /** Begins a transaction of the journal that writes nothing. */
  begin(): void {
    this.#journal.beginTransaction();
  }

  /** Keeps what the journal's transaction wrote. */
  keep(): void {
    if (!this.#hasMark) return;
    this.#journal.visitWrites((cell, before) => this.#undo.push({ cell, before }));
  }

  /** Drops what the journal's transaction wrote. */
  drop(): void {
    this.#journal.revert(BEGINNING, false);
  }

  /** A point to go back to. */
  mark(): number {
    this.#hasMark = true;
    return this.#undo.length;
  }

  /** Undoes all that was written since `mark`. Its cost is that of what is undone. */
  revert(mark: number): void {
    this.#journal.beginTransaction();
    while (this.#undo.length > mark) {
      const { cell, before } = this.#undo.pop()!;
      this.#journal.writeBytes(cell, before);
    }
  }

  /** Removes all accounts. */
  clear(): void {
    this.#journal.beginTransaction();
    for (const key of this.keys()) removeAccount(this.#journal, accountIndex(this.#journal, key));
    this.keep();
  }

  /** Address of every account, 32 bytes. */
  *keys(): Iterable<Uint8Array> {
    for (let index = 0; index < this.#journal.accountCount; index++) {
      if (findHead(this.#journal, index) !== undefined) yield this.#journal.accountBytes(index);
    }
  }
}

const SYSVAR_KEYS = SYSVAR_ADDRESSES.map((address) => {
  const key = decodeBase58(address);
  return { key, idHex: encodeHex(key) };
});
