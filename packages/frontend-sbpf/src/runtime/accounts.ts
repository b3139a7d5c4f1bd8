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

const domains = new WeakMap<Journal, number>();

function domainOf(journal: Journal): number {
  let domain = domains.get(journal);
  if (domain === undefined) {
    domain = journal.domain(ACCOUNT_DOMAIN, BYTE_CELLS);
    domains.set(journal, domain);
  }
  return domain;
}

/** Number of the account in the journal; stable for the journal's life. */
export const accountIndex = (journal: Journal, key: Uint8Array): number => journal.account(key);

export function readHead(journal: Journal, account: number): Uint8Array {
  return journal.readBytes(journal.cell(domainOf(journal), account, HEAD_KEY)) ?? NO_HEAD;
}

export function writeHead(journal: Journal, account: number, head: Uint8Array): void {
  journal.writeBytes(journal.cell(domainOf(journal), account, HEAD_KEY), head);
}

export function readData(journal: Journal, account: number): Uint8Array {
  return journal.readBytes(journal.cell(domainOf(journal), account, DATA_KEY)) ?? EMPTY;
}

export function writeData(journal: Journal, account: number, data: Uint8Array): void {
  const cell = journal.cell(domainOf(journal), account, DATA_KEY);
  journal.writeBytes(cell, data.length === 0 ? undefined : data);
}

/** The account with `key`; undefined if it does not exist. */
export function readAccount(journal: Journal, key: Uint8Array): SvmAccount | undefined {
  const index = accountIndex(journal, key);
  const head = journal.readBytes(journal.cell(domainOf(journal), index, HEAD_KEY));
  return head === undefined ? undefined : decodeAccount(head, readData(journal, index));
}

/** The account with `key` in a state without a journal; undefined if it does not exist. */
export function readStateAccount(state: StateReader, key: Uint8Array): SvmAccount | undefined {
  const head = state.read(ACCOUNT_DOMAIN, key, HEAD_KEY);
  if (head === undefined) return undefined;
  return decodeAccount(head, state.read(ACCOUNT_DOMAIN, key, DATA_KEY) ?? EMPTY);
}

function decodeAccount(head: Uint8Array, data: Uint8Array): SvmAccount {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return {
    lamports: view.getBigUint64(HEAD.LAMPORTS, true),
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
  const headCell = journal.cell(domainOf(journal), index, HEAD_KEY);
  if (account === undefined) {
    journal.writeBytes(headCell, undefined);
    writeData(journal, index, EMPTY);
    return;
  }
  journal.writeBytes(headCell, encodeHead(account));
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

/** The two cells of an account, for a state below a journal: `[key, bytes]`. */
export function accountCells(account: SvmAccount): [key: Uint8Array, value: Uint8Array][] {
  const cells: [Uint8Array, Uint8Array][] = [[HEAD_KEY, encodeHead(account)]];
  if (account.data.length > 0) cells.push([DATA_KEY, account.data]);
  return cells;
}
