import { decodeBase58, encodeBase58, encodeHex } from "@dragoman/bytes";
import { type CellChange, MemoryState } from "@dragoman/core";
import {
  ACCOUNT_DOMAIN,
  accountCells,
  readStateAccount,
  type SvmAccount,
} from "@dragoman/frontend-sbpf";
import { SYSVAR_ADDRESSES } from "./sysvar-codec.ts";

/** Keys of the two cells of an account. */
const CELL_KEYS = [Uint8Array.of(0), Uint8Array.of(1)] as const;
const HEAD_CELL = 0;

/** Accounts by address, and how to go back to what they were. */
export class AccountStore {
  readonly state = new MemoryState();
  #undo: { key: Uint8Array; cell: Uint8Array; before: Uint8Array | undefined }[] = [];
  #sysvars: ReadonlyMap<string, SvmAccount> | undefined;

  get(key: Uint8Array): SvmAccount | undefined {
    return readStateAccount(this.state, key);
  }

  /** Accounts of all sysvars by address in hex. */
  sysvars(): ReadonlyMap<string, SvmAccount> {
    this.#sysvars ??= new Map(
      SYSVAR_KEYS.flatMap(({ key, idHex }) => {
        const account = this.get(key);
        return account === undefined ? [] : [[idHex, account] as const];
      }),
    );
    return this.#sysvars;
  }

  /** Writes the account; undefined removes it. */
  put(key: Uint8Array, account: SvmAccount | undefined): void {
    const cells = account === undefined ? [] : accountCells(account);
    for (const cell of CELL_KEYS) {
      this.#write(key, cell, cells.find(([name]) => name[0] === cell[0])?.[1]);
    }
  }

  /** Takes the changes of a transaction over. */
  apply(changes: Iterable<CellChange>): void {
    for (const { domain, account, key, after } of changes) {
      if (domain === ACCOUNT_DOMAIN) this.#write(account, key, after);
    }
  }

  /** A point to go back to. */
  get mark(): number {
    return this.#undo.length;
  }

  /** Undoes all that was written since `mark`. Its cost is that of what is undone. */
  revert(mark: number): void {
    for (const { key, cell, before } of this.#undo.splice(mark).reverse()) {
      this.state.write(ACCOUNT_DOMAIN, key, cell, before);
    }
    this.#sysvars = undefined;
  }

  /** Address of every account, 32 bytes. */
  *keys(): Iterable<Uint8Array> {
    for (const { domain, account, key } of this.state.cells()) {
      if (domain === ACCOUNT_DOMAIN && key[0] === HEAD_CELL) yield account;
    }
  }

  #write(key: Uint8Array, cell: Uint8Array, after: Uint8Array | undefined): void {
    const before = this.state.read(ACCOUNT_DOMAIN, key, cell);
    this.#undo.push({ key, cell, before });
    this.state.write(ACCOUNT_DOMAIN, key, cell, after);
    if (SYSVAR_NAMES.has(encodeBase58(key))) this.#sysvars = undefined;
  }
}

const SYSVAR_NAMES: ReadonlySet<string> = new Set(SYSVAR_ADDRESSES);
const SYSVAR_KEYS = SYSVAR_ADDRESSES.map((address) => {
  const key = decodeBase58(address);
  return { key, idHex: encodeHex(key) };
});
