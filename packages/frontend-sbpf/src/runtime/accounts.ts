import { BYTE_CELLS, type Journal, type StateReader } from "@dragoman/core";

/** An account as the ledger holds it. */
export interface SvmAccount {
  readonly lamports: bigint;
  readonly owner: Uint8Array;
  readonly executable: boolean;
  readonly rentEpoch: bigint;
  readonly data: Uint8Array;
}

/** Name of the journal's domain. */
export const ACCOUNT_DOMAIN = "svm.account";
/** Keys of an account's two cells: its head and its data (absent = empty). */
export const HEAD_KEY: Uint8Array = Uint8Array.of(0);
export const DATA_KEY: Uint8Array = Uint8Array.of(1);

/**
 * Head of an account, 49 bytes: lamports u64, rent epoch u64, owner 32 bytes, executable u8. An account without head does not exist: it
 * reads as an empty one of the system program.
 */
export const HEAD = { LAMPORTS: 0, RENT_EPOCH: 8, OWNER: 16, EXECUTABLE: 48, BYTES: 49 } as const;

const NO_HEAD = new Uint8Array(HEAD.BYTES);
NO_HEAD.fill(255, HEAD.RENT_EPOCH, HEAD.OWNER);
const EMPTY = new Uint8Array(0);

/** Handles of the cells of a journal's accounts, by number of the account. */
class AccountTable {
  readonly journal: Journal;
  readonly #domain: number;
  readonly #heads: number[] = [];
  readonly #datas: number[] = [];

  constructor(journal: Journal) {
    this.journal = journal;
    this.#domain = journal.domain(ACCOUNT_DOMAIN, BYTE_CELLS);
  }

  head(account: number): number {
    if (account >= this.#heads.length) this.#grow(account);
    const known = this.#heads[account];
    if (known >= 0) return known;
    const cell = this.journal.cell(this.#domain, account, HEAD_KEY);
    this.#heads[account] = cell;
    return cell;
  }

  data(account: number): number {
    if (account >= this.#datas.length) this.#grow(account);
    const known = this.#datas[account];
    if (known >= 0) return known;
    const cell = this.journal.cell(this.#domain, account, DATA_KEY);
    this.#datas[account] = cell;
    return cell;
  }

  #grow(account: number): void {
    while (this.#heads.length <= account) {
      this.#heads.push(-1);
      this.#datas.push(-1);
    }
  }
}

const tables = new WeakMap<Journal, AccountTable>();
/** The table that was asked for last: instructions run one after the other on one journal. */
let lastTable: AccountTable | undefined;

function tableOf(journal: Journal): AccountTable {
  if (lastTable?.journal === journal) return lastTable;
  lastTable = tables.get(journal);
  if (lastTable === undefined) {
    lastTable = new AccountTable(journal);
    tables.set(journal, lastTable);
  }
  return lastTable;
}

/** Number of the account in the journal; stable for the journal's life. */
export const accountIndex = (journal: Journal, key: Uint8Array): number => journal.account(key);

/** Head of an account; undefined if it does not exist. */
export const findHead = (journal: Journal, account: number): Uint8Array | undefined =>
  journal.readBytes(tableOf(journal).head(account));

export const readHead = (journal: Journal, account: number): Uint8Array =>
  findHead(journal, account) ?? NO_HEAD;

export function writeHead(journal: Journal, account: number, head: Uint8Array): void {
  journal.writeBytes(tableOf(journal).head(account), head);
}

export const readData = (journal: Journal, account: number): Uint8Array =>
  journal.readBytes(tableOf(journal).data(account)) ?? EMPTY;

export function writeData(journal: Journal, account: number, data: Uint8Array): void {
  journal.writeBytes(tableOf(journal).data(account), data.length === 0 ? undefined : data);
}

/** Removes an account. */
export function removeAccount(journal: Journal, account: number): void {
  const table = tableOf(journal);
  journal.writeBytes(table.head(account), undefined);
  journal.writeBytes(table.data(account), undefined);
}

/** The account with `key`; undefined if it does not exist. */
export function readAccount(journal: Journal, key: Uint8Array): SvmAccount | undefined {
  const index = accountIndex(journal, key);
  const head = findHead(journal, index);
  return head === undefined ? undefined : decodeAccount(head, readData(journal, index));
}

/** The account with `key` in a state without a journal; undefined if it does not exist. */
export function readStateAccount(state: StateReader, key: Uint8Array): SvmAccount | undefined {
  const head = state.read(ACCOUNT_DOMAIN, key, HEAD_KEY);
  if (head === undefined) return undefined;
  return decodeAccount(head, state.read(ACCOUNT_DOMAIN, key, DATA_KEY) ?? EMPTY);
}

/** The account with a head and data. */
export function decodeAccount(head: Uint8Array, data: Uint8Array): SvmAccount {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return {
    lamports: headLamports(head),
    rentEpoch: view.getBigUint64(HEAD.RENT_EPOCH, true),
    owner: head.slice(HEAD.OWNER, HEAD.OWNER + 32),
    executable: head[HEAD.EXECUTABLE] !== 0,
    data,
  };
}

/** Writes the account; undefined removes it. */
export function writeAccount(
  journal: Journal,
  key: Uint8Array,
  account: SvmAccount | undefined,
): void {
  const index = accountIndex(journal, key);
  if (account === undefined) {
    removeAccount(journal, index);
    return;
  }
  writeHead(journal, index, encodeHead(account));
  writeData(journal, index, account.data);
}

/** Head of an account as bytes. */
export function encodeHead(account: Omit<SvmAccount, "data">): Uint8Array {
  const head = new Uint8Array(HEAD.BYTES);
  const view = new DataView(head.buffer);
  view.setBigUint64(HEAD.LAMPORTS, account.lamports, true);
  view.setBigUint64(HEAD.RENT_EPOCH, account.rentEpoch, true);
  head.set(account.owner, HEAD.OWNER);
  head[HEAD.EXECUTABLE] = account.executable ? 1 : 0;
  return head;
}

const LAMPORTS = new BigUint64Array(1);
const LAMPORTS_BYTES = new Uint8Array(LAMPORTS.buffer);

/** Lamports of an account, by its head. */
export function headLamports(head: Uint8Array): bigint {
  for (let i = 0; i < 8; i++) LAMPORTS_BYTES[i] = head[HEAD.LAMPORTS + i];
  return LAMPORTS[0];
}

/** A copy of a head with other lamports. */
export function withLamports(head: Uint8Array, lamports: bigint): Uint8Array {
  const changed = new Uint8Array(HEAD.BYTES);
  for (let i = 0; i < HEAD.BYTES; i++) changed[i] = head[i];
  LAMPORTS[0] = lamports;
  for (let i = 0; i < 8; i++) changed[HEAD.LAMPORTS + i] = LAMPORTS_BYTES[i];
  return changed;
}

/** Whether a head has lamports: an account without them is about to cease. */
export function hasLamports(head: Uint8Array): boolean {
  for (let i = 0; i < 8; i++) if (head[HEAD.LAMPORTS + i] !== 0) return true;
  return false;
}

/** The two cells of an account, for a state below a journal: `[key, bytes]`. */
export function accountCells(account: SvmAccount): [key: Uint8Array, value: Uint8Array][] {
  const cells: [Uint8Array, Uint8Array][] = [[HEAD_KEY, encodeHead(account)]];
  if (account.data.length > 0) cells.push([DATA_KEY, account.data]);
  return cells;
}
