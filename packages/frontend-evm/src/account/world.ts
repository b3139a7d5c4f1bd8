import { CELL, type Journal } from "@dragoman/core";
import { WordTable } from "../host/word-table.ts";
import type { EvmProgram, Machine } from "../program.ts";
import { CALLEE, DOMAIN, type DomainNumbers, declareDomains, MARK } from "./domains.ts";

const NO_KEY = new Uint8Array(0);
const NO_CODE = new Uint8Array(0);

/**
 * The accounts of one journal by number: finds cells from words in linear memory without making objects. Words are eight
 * 32-bit parts, least significant first.
 */
export class World {
  readonly journal: Journal;
  readonly domains: DomainNumbers;
  readonly #logSource: number;
  readonly #accounts = new WordTable();
  readonly #addressWords = new Uint32Array(8);
  /** Cells by account number, -1 = not looked up. */
  #balances = new Int32Array(64).fill(-1);
  #nonces = new Int32Array(64).fill(-1);
  #codes = new Int32Array(64).fill(-1);
  readonly #addresses: Uint8Array[] = [];
  /**
   * True once a call of the precompile RIPEMD-160 was made on this journal. That touch of its account outlives the revert of the call, as it did in block 2,675,119
   * of the main network, and geth has kept it for every block since (core/state/journal.go).
   */
  ripemdTouched = false;

  constructor(journal: Journal) {
    this.journal = journal;
    this.#logSource = journal.logSource("evm");
    this.domains = declareDomains(journal);
  }

  /** Number of the account whose address is the low 160 bits of `words[at..at+8)`. */
  accountOf(words: Uint32Array, at: number): number {
    const address = this.#addressWords;
    for (let i = 0; i < 5; i++) address[i] = words[at + i];
    let account = this.#accounts.find(0, address, 0);
    if (account < 0) {
      const bytes = new Uint8Array(20);
      for (let i = 0; i < 20; i++) bytes[19 - i] = address[i >> 2] >>> ((i & 3) * 8);
      account = this.journal.account(bytes);
      this.#accounts.insert(0, address, 0, account);
    }
    return account;
  }

  /** Number of the account at a 20-byte address. */
  account(address: Uint8Array): number {
    return this.journal.account(address);
  }

  /** The 20-byte address; nobody modifies it. */
  addressOf(account: number): Uint8Array {
    this.#addresses[account] ??= this.journal.accountBytes(account);
    return this.#addresses[account]!;
  }

  /** Writes the address as a word to `words[at..at+8)`. */
  writeAddress(account: number, words: Uint32Array, at: number): void {
    writeAddressWord(this.addressOf(account), words, at);
  }

  /** Numbers of a machine's precompiles. */
  precompiles(machine: Machine): readonly number[] {
    let accounts = this.#precompiles.get(machine);
    if (accounts === undefined) {
      accounts = machine.precompileAddresses.map((address) => this.account(address));
      this.#precompiles.set(machine, accounts);
    }
    return accounts;
  }

  readonly #precompiles = new Map<Machine, readonly number[]>();

  #reserve(account: number): void {
    if (account < this.#balances.length) return;
    const size = Math.max(account + 1, this.#balances.length * 2);
    const grow = (old: Int32Array) => {
      const grown = new Int32Array(size).fill(-1);
      grown.set(old);
      return grown;
    };
    this.#balances = grow(this.#balances);
    this.#nonces = grow(this.#nonces);
    this.#codes = grow(this.#codes);
  }

  balanceCell(account: number): number {
    if (account >= this.#balances.length) this.#reserve(account);
    const known = this.#balances[account];
    if (known >= 0) return known;
    const cell = this.journal.cell(this.domains.balance, account, NO_KEY);
    this.#balances[account] = cell;
    return cell;
  }

  nonceCell(account: number): number {
    if (account >= this.#balances.length) this.#reserve(account);
    const known = this.#nonces[account];
    if (known >= 0) return known;
    const cell = this.journal.cell(this.domains.nonce, account, NO_KEY);
    this.#nonces[account] = cell;
    return cell;
  }

  codeCell(account: number): number {
    if (account >= this.#balances.length) this.#reserve(account);
    const known = this.#codes[account];
    if (known >= 0) return known;
    const cell = this.journal.cell(this.domains.code, account, NO_KEY);
    this.#codes[account] = cell;
    return cell;
  }

  /** Tags of an account's cells and log entries for compiled code. */
  storageTag(account: number): number {
    return this.journal.tag(this.domains.storage, account);
  }

  transientTag(account: number): number {
    return this.journal.tag(this.domains.transient, account);
  }

  logTag(account: number): number {
    return this.journal.tag(this.#logSource, account);
  }

  /** Tag of the cells that {@link noteCallee} and {@link noteCodeless} write. */
  calleeTag(machine: Machine): number {
    return this.journal.tag(this.domains.callee, machine.serial);
  }

  /**
   * Lets compiled code call the account at `words[at..at+5)` itself: by the entry of its program, as long as no byte cell changes. Entry 0 =
   * the program has none.
   */
  noteCallee(
    words: Uint32Array,
    at: number,
    account: number,
    machine: Machine,
    entry: number,
  ): void {
    this.#noteCall(words, at, account, machine, entry, 0);
  }

  /** The same of an account without code that is no precompile. */
  noteCodeless(words: Uint32Array, at: number, account: number, machine: Machine): void {
    this.#noteCall(words, at, account, machine, 0, this.nonceCell(account) + 1);
  }

  #noteCall(
    words: Uint32Array,
    at: number,
    account: number,
    machine: Machine,
    entry: number,
    nonce: number,
  ): void {
    const { journal } = this;
    const key = this.#addressWords;
    for (let i = 0; i < 5; i++) key[i] = words[at + i];
    const note = this.#note;
    note[CALLEE.ENTRY] = entry;
    note[CALLEE.ACCOUNT] = account;
    note[CALLEE.BALANCE] = this.balanceCell(account) + 1;
    note[CALLEE.BYTES_VERSION] = journal.bytesVersion;
    note[CALLEE.NONCE] = nonce;
    journal.noteWords(journal.wordCell(this.calleeTag(machine), key, 0), note, 0);
  }

  readonly #note = new Uint32Array(8);

  /** Cell of the storage slot whose number stands at `words[at..at+8)`. */
  slotCell(account: number, words: Uint32Array, at: number): number {
    return this.journal.wordCell(this.storageTag(account), words, at);
  }

  transientCell(account: number, words: Uint32Array, at: number): number {
    return this.journal.wordCell(this.transientTag(account), words, at);
  }

  code(account: number): Uint8Array {
    return this.journal.readBytes(this.codeCell(account)) ?? NO_CODE;
  }

  readonly #programs: (EvmProgram | undefined)[] = [];

  /** The program of the code at an account, without a look-up by the code when it is the same as the last time. */
  programAt(account: number, code: Uint8Array, machine: Machine): EvmProgram {
    const known = this.#programs[account];
    if (known !== undefined && known.code === code && known.machine === machine) return known;
    const program = machine.program(code);
    this.#programs[account] = program;
    return program;
  }

  /** True if the cell of words holds zero. */
  isZero(cell: number): boolean {
    const words = this.journal.words;
    const at = cell * CELL.SIZE;
    for (let i = 0; i < 8; i++) if (words[at + i] !== 0) return false;
    return true;
  }

  /** Nonce 0, balance 0, no code (EIP-161). */
  isEmpty(account: number): boolean {
    return (
      this.code(account).length === 0 &&
      this.isZero(this.nonceCell(account)) &&
      this.isZero(this.balanceCell(account))
    );
  }

  /**
   * True if the state has storage of an account without nonce and code: a contract from before EIP-161 left it (EIP-7610).
   */
  hasOldStorage(account: number): boolean {
    const { state } = this.journal;
    const address = this.addressOf(account);
    if (state.holds?.(DOMAIN.STORAGE, address) !== true) return false;
    const isThere = (domain: string): boolean => state.read(domain, address, NO_KEY) !== undefined;
    return !isThere(DOMAIN.NONCE) && !isThere(DOMAIN.CODE);
  }

  /** Notes a call that reaches a precompile. */
  reachPrecompile(account: number): void {
    this.ripemdTouched ||= this.addressOf(account).every((byte, i) => byte === (i === 19 ? 3 : 0));
  }

  /** True if there is an account, be it empty: what counted before EIP-161. */
  exists(account: number): boolean {
    if (!this.isEmpty(account) || (this.marks(account) & MARK.TOUCHED) !== 0) return true;
    return !this.isZero(this.journal.cell(this.domains.existence, account, NO_KEY));
  }

  /** True the first time in a transaction that an account is accessed; marks it warm. */
  warm(account: number): boolean {
    return this.warmCell(this.balanceCell(account));
  }

  warmCell(cell: number): boolean {
    const mark = this.journal.mark(cell);
    if ((mark & MARK.WARM) !== 0) return false;
    this.journal.setMark(cell, mark | MARK.WARM);
    return true;
  }

  marks(account: number): number {
    return this.journal.mark(this.balanceCell(account));
  }

  /** Accounts with a mark, of those whose balance, nonce or code was looked up. */
  marked(bit: number): number[] {
    const found: number[] = [];
    for (let account = 0; account < this.#balances.length; account++) {
      const cell = this.#balances[account];
      if (cell >= 0 && (this.journal.mark(cell) & bit) !== 0) found.push(account);
    }
    return found;
  }

  addMark(account: number, bits: number): void {
    const cell = this.balanceCell(account);
    this.journal.setMark(cell, this.journal.mark(cell) | bits);
  }

  /** Moves `words[at..at+8)`, which must not exceed the balance of `from`; touches both. */
  transfer(from: number, to: number, words: Uint32Array, at: number): void {
    this.addMark(to, MARK.TOUCHED);
    if (isZeroWords(words, at)) return;
    addWords(this.journal, this.balanceCell(from), words, at, -1);
    addWords(this.journal, this.balanceCell(to), words, at, 1);
  }

  /** True if the balance is at least `words[at..at+8)`. */
  covers(account: number, words: Uint32Array, at: number): boolean {
    const cell = this.balanceCell(account) * CELL.SIZE;
    const balance = this.journal.words;
    for (let i = 7; i >= 0; i--) {
      if (balance[cell + i] !== words[at + i]) return balance[cell + i] > words[at + i];
    }
    return true;
  }
}

/** Writes a 20-byte address as a word to `words[at..at+8)`. */
export function writeAddressWord(address: Uint8Array, words: Uint32Array, at: number): void {
  for (let i = 0; i < 5; i++) {
    const from = 16 - i * 4;
    words[at + i] =
      (address[from] << 24) |
      (address[from + 1] << 16) |
      (address[from + 2] << 8) |
      address[from + 3];
  }
  words[at + 5] = 0;
  words[at + 6] = 0;
  words[at + 7] = 0;
}

export function isZeroWords(words: Uint32Array, at: number): boolean {
  for (let i = 0; i < 8; i++) if (words[at + i] !== 0) return false;
  return true;
}

const sum = new Uint32Array(8);

/** Adds (sign 1) or subtracts (sign -1) a word to a cell, modulo 2^256. */
function addWords(
  journal: Journal,
  cell: number,
  words: Uint32Array,
  at: number,
  sign: 1 | -1,
): void {
  const current = journal.words;
  let carry = 0;
  for (let i = 0; i < 8; i++) {
    const value = current[cell * CELL.SIZE + i] + sign * words[at + i] + carry;
    sum[i] = value;
    carry = Math.floor(value / 4294967296);
  }
  journal.writeWords(cell, sum, 0);
}

const worlds = new WeakMap<Journal, World>();

/** The accounts of a journal. */
export function worldOf(journal: Journal): World {
  let world = worlds.get(journal);
  if (world === undefined) {
    world = new World(journal);
    worlds.set(journal, world);
  }
  return world;
}
