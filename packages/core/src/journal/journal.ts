import { assert } from "@dragoman/fault";
import type { LinearMemory } from "../host/linear-memory.ts";
import { CELL, HEAD, UNDO } from "./cell-layout.ts";
import { CellStore } from "./cell-store.ts";
import { KeyTable } from "./cell-table.ts";
import { takeLogEntries } from "./log-buffer.ts";
import type { LogEntry } from "./log-entry.ts";
import type { CellChange, StateReader } from "./state.ts";
import { bytesToWords, wordBytes, wordOf } from "./word-bytes.ts";

/** Kind of the cells of a domain. */
export const WORD_CELLS = 0;
export const BYTE_CELLS = 1;

/**
 * How long cells last. "committed": they go to the state. "transaction": they start as zero or absent in every transaction. "journal": notes that
 * keep what they hold as long as the journal lives; whoever reads one finds in it whether it still holds (see {@link Journal.noteWords}).
 */
export type Lifetime = "committed" | "transaction" | "journal";

export interface Domain {
  readonly name: string;
  /** WORD_CELLS: 256-bit numbers, absent = 0. BYTE_CELLS: byte strings or absent. */
  readonly kind: typeof WORD_CELLS | typeof BYTE_CELLS;
  readonly lifetime: Lifetime;
}

/** Lengths of the logs: what {@link Journal.revert} goes back to. */
export interface Checkpoint {
  readonly undo: number;
  readonly logs: number;
  /** Bytes of the entries among them that compiled code appended and nobody has looked at. */
  readonly logBytes: number;
}

/** The beginning of a transaction. */
export const BEGINNING: Checkpoint = { undo: 0, logs: 0, logBytes: 0 };

// Kinds of undo entries, in the low bits of the word beside the cell's number.
const UNDO_WORD = 0;
const UNDO_BYTES = 1;
const UNDO_MARK = 2;
const UNDO_COUNTER = 3;

/**
 * The one journal: cells `(domain, account, key)` as integer handles, with an undo log. A checkpoint is four lengths; a revert drains the
 * tails backwards; the write set is {@link changes}. Word cells hold eight little-endian 32-bit words; in the state they are
 * 32 bytes, most significant first, absent if zero.
 */
export class Journal {
  readonly state: StateReader;
  readonly #domains: Domain[] = [];
  readonly #accounts = new KeyTable();
  readonly #keys = new KeyTable();
  /** (domain, account, key) -> cell, by interning the three numbers; the store has a record of each. */
  readonly #cells = new KeyTable();
  readonly #triple = new Int32Array(3);
  readonly #tripleBytes = new Uint8Array(this.#triple.buffer);
  readonly #store = new CellStore(() => this.#takeLog());
  /** Domain, account and key of each cell. */
  readonly #triples: number[] = [];
  /** Values of byte cells; index = cell. */
  readonly #values: (Uint8Array | undefined)[] = [];
  readonly #undoValues: (Uint8Array | undefined)[] = [];
  /** Cells that last as long as a transaction. */
  readonly #transients: number[] = [];
  readonly #logs: LogEntry[] = [];
  readonly #sources: string[] = [];

  constructor(state: StateReader) {
    this.state = state;
    this.#store.head[HEAD.TRANSACTION] = 1;
  }

  /** Has the cells lie in `memory`, where compiled code finds them, until another journal runs there. */
  enter(memory: LinearMemory): void {
    this.#store.enter(memory);
  }

  /** Declares a domain, or finds it again by name; returns its number. */
  domain(name: string, kind: Domain["kind"], lifetime: Lifetime = "committed"): number {
    const known = this.#domains.findIndex((domain) => domain.name === name);
    if (known >= 0) {
      assert(this.#domains[known]!.kind === kind, `domain ${name} declared with two kinds`);
      return known;
    }
    assert(this.#domains.length < 128, "at most 128 domains");
    this.#domains.push({ name, kind, lifetime });
    return this.#domains.length - 1;
  }

  /** Number of an account; stable for the journal's life. */
  account(bytes: Uint8Array, at = 0, length = bytes.length - at): number {
    return this.#accounts.index(0, bytes, at, length);
  }

  /** Accounts that have a number; the newest has the largest. */
  get accountCount(): number {
    return this.#accounts.count;
  }

  accountBytes(account: number): Uint8Array {
    return this.#accounts.key(account);
  }

  /** Handle of the cell whose key is `key[at..at+length)`; loads it from the state at first sight. */
  cell(domain: number, account: number, key: Uint8Array, at = 0, length = key.length - at): number {
    this.#triple[0] = domain;
    this.#triple[1] = account;
    this.#triple[2] = this.#keys.index(0, key, at, length);
    const cell = this.#cells.index(0, this.#tripleBytes, 0, 12);
    if (cell === this.#store.count) this.#load(this.#store.add());
    return cell;
  }

  /** The tag under which compiled code finds the word cells of an account: `domain` and `account` in one number. */
  tag(domain: number, account: number): number {
    return domain | (account << 7);
  }

  /**
   * Handle of the word cell whose 32-byte key is the number in `words[at..at+8)`, eight parts, least significant first. It is found without
   * an object being made, and by compiled code too, from the second time on.
   */
  wordCell(tag: number, words: Uint32Array, at: number): number {
    const known = this.#store.find(tag, words, at, Number.POSITIVE_INFINITY);
    if (known >= 0) return known;
    const key = this.#wordKey;
    for (let i = 0; i < 32; i++) key[31 - i] = words[at + (i >> 2)]! >>> ((i & 3) * 8);
    const cell = this.cell(tag & 127, tag >>> 7, key);
    this.#store.insert(cell, tag, words, at);
    return cell;
  }

  readonly #wordKey = new Uint8Array(32);

  /** What the IR's `cell.find` answers: the cell's number + 1, or 0 if the index does not find it at once. */
  findCell(tag: number, words: Uint32Array, at: number): number {
    return this.#store.find(tag, words, at) + 1;
  }

  #load(cell: number): void {
    this.#triples.push(this.#triple[0]!, this.#triple[1]!, this.#triple[2]!);
    const domain = this.#domains[this.#triple[0]!]!;
    this.#values[cell] = undefined;
    if (domain.lifetime !== "committed") {
      if (domain.lifetime === "transaction") this.#transients.push(cell);
      return;
    }
    const value = this.#readState(cell);
    if (value === undefined) return;
    if (domain.kind === BYTE_CELLS) this.#values[cell] = value;
    else bytesToWords(value, this.#store.cells, cell * CELL.SIZE);
  }

  #readState(cell: number): Uint8Array | undefined {
    const at = cell * 3;
    const domain = this.#domains[this.#triples[at]!]!;
    return this.state.read(
      domain.name,
      this.#accounts.key(this.#triples[at + 1]!),
      this.#keys.key(this.#triples[at + 2]!),
    );
  }

  // --- word cells -----------------------------------------------------------------------------------------------

  /** Copies the cell's eight words to `target[at..at+8)`. */
  readWords(cell: number, target: Uint32Array, at: number): void {
    const from = cell * CELL.SIZE;
    const words = this.#store.cells;
    for (let i = 0; i < 8; i++) target[at + i] = words[from + i]!;
  }

  /** The current words of all cells: those of cell c begin at `c * CELL.SIZE`. Valid until the next call of this journal. Read only. */
  get words(): Uint32Array {
    return this.#store.cells;
  }

  /** Sets the cell from `source[at..at+8)`. */
  writeWords(cell: number, source: Uint32Array, at: number): void {
    const store = this.#store;
    const to = cell * CELL.SIZE;
    const saved = store.pushUndo(cell, UNDO_WORD);
    const { cells, undo } = store;
    const transaction = store.head[HEAD.TRANSACTION]!;
    if (cells[to + CELL.STAMP] !== transaction) {
      cells[to + CELL.STAMP] = transaction;
      for (let i = 0; i < 8; i++) cells[to + CELL.ORIGINALS + i] = cells[to + i]!;
    }
    for (let i = 0; i < 8; i++) {
      undo[saved + i] = cells[to + i]!;
      cells[to + i] = source[at + i]!;
    }
  }

  /** Sets a cell of lifetime "journal" from `source[at..at+8)`; no revert takes that back. */
  noteWords(cell: number, source: Uint32Array, at: number): void {
    const to = cell * CELL.SIZE;
    const { cells } = this.#store;
    for (let i = 0; i < 8; i++) cells[to + i] = source[at + i]!;
  }

  /** The cell as a number. */
  readWord(cell: number): bigint {
    return wordOf(this.#store.cells, cell * CELL.SIZE);
  }

  readonly #wordScratch = new Uint32Array(8);

  writeWord(cell: number, value: bigint): void {
    let rest = value;
    for (let i = 0; i < 8; i++) {
      this.#wordScratch[i] = Number(rest & 0xffffffffn);
      rest >>= 32n;
    }
    this.writeWords(cell, this.#wordScratch, 0);
  }

  /** True if the cell was not written in this transaction: its words are the original ones. */
  isOriginal(cell: number): boolean {
    const { cells, head } = this.#store;
    return cells[cell * CELL.SIZE + CELL.STAMP] !== head[HEAD.TRANSACTION];
  }

  /** Copies the words that the cell had when the transaction began. */
  readOriginalWords(cell: number, target: Uint32Array, at: number): void {
    const from = cell * CELL.SIZE + (this.isOriginal(cell) ? CELL.WORDS : CELL.ORIGINALS);
    const { cells } = this.#store;
    for (let i = 0; i < 8; i++) target[at + i] = cells[from + i]!;
  }

  /** The word that the cell had when the transaction began. */
  readOriginalWord(cell: number): bigint {
    const from = cell * CELL.SIZE + (this.isOriginal(cell) ? CELL.WORDS : CELL.ORIGINALS);
    return wordOf(this.#store.cells, from);
  }

  /** Changes of byte cells so far, reverts among them: what was derived from one is still right if this has not changed. */
  get bytesVersion(): number {
    return this.#store.head[HEAD.BYTES_VERSION]!;
  }

  // --- byte cells -----------------------------------------------------------------------------------------------

  /** Value of a byte cell; undefined = absent. Nobody modifies the array. */
  readBytes(cell: number): Uint8Array | undefined {
    return this.#values[cell];
  }

  writeBytes(cell: number, value: Uint8Array | undefined): void {
    const saved = this.#store.pushUndo(cell, UNDO_BYTES);
    this.#store.undo[saved] = this.#undoValues.length;
    this.#store.head[HEAD.BYTES_VERSION]!++;
    this.#undoValues.push(this.#values[cell]);
    this.#values[cell] = value;
  }

  // --- marks and counters ---------------------------------------------------------------------------------------

  /** Eight journaled bits per cell, 0 at the beginning of a transaction: what is warm, created, touched. */
  mark(cell: number): number {
    return this.#store.cells[cell * CELL.SIZE + CELL.MARK]!;
  }

  setMark(cell: number, bits: number): void {
    const at = cell * CELL.SIZE + CELL.MARK;
    const old = this.#store.cells[at]!;
    if (old === bits) return;
    this.#store.pushUndo(cell, UNDO_MARK | (old << 2));
    this.#store.cells[at] = bits;
  }

  /** Journaled numbers of the transaction (refunds, for one); index 0..15, each below 2^53 in size. */
  counter(index: number): number {
    return this.#store.counters[index]!;
  }

  setCounter(index: number, value: number): void {
    const store = this.#store;
    const saved = store.pushUndo(index, UNDO_COUNTER);
    store.undoNumbers[saved >>> 1] = store.counters[index]!;
    store.counters[index] = value;
  }

  // --- logs -----------------------------------------------------------------------------------------------------

  /** A number for compiled code to name the frontend `vm` by when it appends to the log; see {@link tag}. */
  logSource(vm: string): number {
    const known = this.#sources.indexOf(vm);
    return known >= 0 ? known : this.#sources.push(vm) - 1;
  }

  log(entry: LogEntry): void {
    if (this.#store.head[HEAD.LOG_COUNT] !== 0) this.#takeLog();
    this.#store.head[HEAD.LOGS_TAKEN] = this.#logs.push(entry);
  }

  /** What the IR's `log.append` does: topics and data are cut out of `bytes`. Answers 1. */
  appendLog(
    bytes: Uint8Array,
    tag: number,
    topics: number,
    count: number,
    data: number,
    length: number,
  ): number {
    this.log({
      vm: this.#sources[tag & 127]!,
      account: this.#accounts.key(tag >>> 7),
      topics: Array.from({ length: count }, (_, i) =>
        bytes.slice(topics + 32 * i, topics + 32 * i + 32),
      ),
      data: bytes.slice(data, data + length),
      durable: false,
    });
    return 1;
  }

  /** All entries, oldest first. */
  get logs(): readonly LogEntry[] {
    if (this.#store.head[HEAD.LOG_COUNT] !== 0) this.#takeLog();
    return this.#logs;
  }

  /** Makes entries of what compiled code appended. */
  #takeLog(): void {
    const { head, log } = this.#store;
    const used = head[HEAD.LOG_USED]!;
    if (used === 0) return;
    head[HEAD.LOG_USED] = 0;
    head[HEAD.LOG_COUNT] = 0;
    const sources = (tag: number): [string, Uint8Array] => [
      this.#sources[tag & 127]!,
      this.#accounts.key(tag >>> 7),
    ];
    for (const entry of takeLogEntries(log.slice(0, used), sources)) this.#logs.push(entry);
    head[HEAD.LOGS_TAKEN] = this.#logs.length;
  }

  // --- checkpoints ----------------------------------------------------------------------------------------------

  checkpoint(): Checkpoint {
    const { head } = this.#store;
    return {
      undo: head[HEAD.UNDO_LENGTH]!,
      logs: this.#logs.length + head[HEAD.LOG_COUNT]!,
      logBytes: head[HEAD.LOG_USED]!,
    };
  }

  /**
   * Undoes everything since the checkpoint. `keepDurable`: durable log entries stay (the frame failed); without it they go too (the
   * frame is about to run again).
   */
  revert(checkpoint: Checkpoint, keepDurable: boolean): void {
    const { head } = this.#store;
    while (head[HEAD.UNDO_LENGTH]! > checkpoint.undo) this.#undoOne();
    const pending = checkpoint.logs - this.#logs.length;
    if (pending >= 0) {
      // Compiled code's entries are never durable; those before the checkpoint have not been taken since.
      head[HEAD.LOG_COUNT] = pending;
      head[HEAD.LOG_USED] = pending === 0 ? 0 : checkpoint.logBytes;
      return;
    }
    head[HEAD.LOG_COUNT] = 0;
    head[HEAD.LOG_USED] = 0;
    const kept = keepDurable
      ? this.#logs.slice(checkpoint.logs).filter((entry) => entry.durable)
      : [];
    this.#logs.length = checkpoint.logs;
    head[HEAD.LOGS_TAKEN] = this.#logs.push(...kept);
  }

  #undoOne(): void {
    const { head, undo, cells, counters, undoNumbers } = this.#store;
    const length = head[HEAD.UNDO_LENGTH]! - 1;
    head[HEAD.UNDO_LENGTH] = length;
    const at = length * UNDO.SIZE;
    const cell = undo[at]!;
    const kind = undo[at + UNDO.KIND]!;
    const old = at + UNDO.OLD;
    switch (kind & 3) {
      case UNDO_WORD: {
        const to = cell * CELL.SIZE;
        for (let i = 0; i < 8; i++) cells[to + i] = undo[old + i]!;
        break;
      }
      case UNDO_BYTES:
        this.#values[cell] = this.#undoValues.pop();
        head[HEAD.BYTES_VERSION]!++;
        break;
      case UNDO_MARK:
        cells[cell * CELL.SIZE + CELL.MARK] = kind >> 2;
        break;
      default:
        counters[cell] = undoNumbers[old >>> 1]!;
    }
  }

  /**
   * Begins a transaction on top of what the journal holds: marks, counters, logs and transient cells start anew, current
   * values become the original ones. Earlier checkpoints become invalid; {@link changes} still spans all transactions.
   */
  beginTransaction(): void {
    const { head, counters, cells, undo } = this.#store;
    // A mark that is set has an entry: the work is that of the last transaction, however many cells there are.
    const end = head[HEAD.UNDO_LENGTH]! * UNDO.SIZE;
    for (let at = 0; at < end; at += UNDO.SIZE) {
      if ((undo[at + UNDO.KIND]! & 3) === UNDO_MARK) cells[undo[at]! * CELL.SIZE + CELL.MARK] = 0;
    }
    head[HEAD.TRANSACTION]!++;
    head[HEAD.UNDO_LENGTH] = 0;
    head[HEAD.LOG_COUNT] = 0;
    head[HEAD.LOG_USED] = 0;
    head[HEAD.LOGS_TAKEN] = 0;
    counters.fill(0);
    this.#undoValues.length = 0;
    this.#logs.length = 0;
    for (const cell of this.#transients) {
      const at = cell * CELL.SIZE;
      cells.fill(0, at, at + 8);
      this.#values[cell] = undefined;
    }
  }

  /** Tells of each write of a byte cell of a durable domain since the transaction began, oldest first, with what the cell held before it. */
  visitWrites(visit: (cell: number, before: Uint8Array | undefined) => void): void {
    const { undo, head } = this.#store;
    const end = head[HEAD.UNDO_LENGTH]! * UNDO.SIZE;
    for (let at = 0; at < end; at += UNDO.SIZE) {
      if ((undo[at + UNDO.KIND]! & 3) !== UNDO_BYTES) continue;
      const cell = undo[at]!;
      if (this.#domains[this.#triples[cell * 3]!]!.lifetime !== "committed") continue;
      visit(cell, this.#undoValues[undo[at + UNDO.OLD]!]);
    }
  }

  /** Cells of durable domains that differ from the state below, in order of first sight. */
  changes(): CellChange[] {
    const changes: CellChange[] = [];
    for (let cell = 0; cell < this.#store.count; cell++) {
      const at = cell * 3;
      const domain = this.#domains[this.#triples[at]!]!;
      if (domain.lifetime !== "committed") continue;
      const before = this.#readState(cell);
      this.#pushChange(changes, cell, before);
    }
    return changes;
  }

  /**
   * Cells of durable domains that differ from what they were at the checkpoint, in order of first write: what one of several steps did. The
   * journal has not begun a transaction since.
   */
  changesSince(checkpoint: Checkpoint): CellChange[] {
    const changes: CellChange[] = [];
    const seen = new Set<number>();
    const { undo, head } = this.#store;
    const end = head[HEAD.UNDO_LENGTH]! * UNDO.SIZE;
    for (let at = checkpoint.undo * UNDO.SIZE; at < end; at += UNDO.SIZE) {
      const cell = undo[at]!;
      const kind = undo[at + UNDO.KIND]! & 3;
      if (kind !== UNDO_WORD && kind !== UNDO_BYTES) continue;
      // The first entry of a cell holds what it was.
      const old = at + UNDO.OLD;
      const before = kind === UNDO_WORD ? wordBytes(undo, old) : this.#undoValues[undo[old]!];
      const { lifetime } = this.#domains[this.#triples[cell * 3]!]!;
      if (lifetime !== "committed" || seen.has(cell)) continue;
      seen.add(cell);
      this.#pushChange(changes, cell, before);
    }
    return changes;
  }

  #pushChange(changes: CellChange[], cell: number, before: Uint8Array | undefined): void {
    const at = cell * 3;
    const domain = this.#domains[this.#triples[at]!]!;
    const after =
      domain.kind === BYTE_CELLS
        ? this.#values[cell]
        : wordBytes(this.#store.cells, cell * CELL.SIZE);
    if (sameBytes(before, after)) return;
    changes.push({
      domain: domain.name,
      account: this.#accounts.key(this.#triples[at + 1]!),
      key: this.#keys.key(this.#triples[at + 2]!),
      before,
      after,
    });
  }
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  // A cell that was only read holds the state's own array, which may be a whole program's code.
  if (a === b || a === undefined || b === undefined) return a === b;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
