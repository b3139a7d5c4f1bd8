import { assert } from "@dragoman/fault";
import { KeyTable } from "./cell-table.ts";
import type { CellChange, StateReader } from "./state.ts";

/** Kind of the cells of a domain. */
export const WORD_CELLS = 0;
export const BYTE_CELLS = 1;

export interface Domain {
  readonly name: string;
  /** WORD_CELLS: 256-bit numbers, absent = 0. BYTE_CELLS: byte strings or absent. */
  readonly kind: typeof WORD_CELLS | typeof BYTE_CELLS;
  /** Cells that start as zero or absent in every transaction and are never committed. */
  readonly transient: boolean;
}

/** Lengths of the logs: what {@link Journal.revert} goes back to. */
export interface Checkpoint {
  readonly undo: number;
  readonly words: number;
  readonly values: number;
  readonly logs: number;
}

/** One event or log line of a program. */
export interface LogEntry {
  readonly vm: string;
  /** Address of the program that wrote it. */
  readonly account: Uint8Array;
  readonly topics: readonly Uint8Array[];
  readonly data: Uint8Array;
  /** Kept when a frame fails (Solana's program log); still dropped when a frame is run again. */
  readonly durable: boolean;
}

/** Cells that a new journal has room for; it grows by doubling. */
const CELLS_AT_FIRST = 16;

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
  /** (domain, account, key) -> cell, by interning the three numbers. */
  readonly #cells = new KeyTable();
  readonly #triple = new Int32Array(3);
  readonly #tripleBytes = new Uint8Array(this.#triple.buffer);
  #loaded = new Uint8Array(CELLS_AT_FIRST);
  #marks = new Uint8Array(CELLS_AT_FIRST);
  #stamps = new Int32Array(CELLS_AT_FIRST);
  #triples = new Int32Array(CELLS_AT_FIRST * 3);
  /** Current words, eight per cell. */
  #words = new Uint32Array(CELLS_AT_FIRST * 8);
  /** Words at the beginning of the transaction, valid where the stamp is that of the transaction. */
  #originals = new Uint32Array(CELLS_AT_FIRST * 8);
  /** Values of byte cells; index = cell. */
  readonly #values: (Uint8Array | undefined)[] = [];
  #undo = new Int32Array(CELLS_AT_FIRST * 2);
  #undoLength = 0;
  #undoWords = new Uint32Array(CELLS_AT_FIRST * 8);
  #undoWordsLength = 0;
  readonly #undoValues: (Uint8Array | undefined)[] = [];
  #transaction = 1;
  readonly #counters = new Float64Array(16);
  readonly #undoCounters: number[] = [];
  readonly logs: LogEntry[] = [];

  constructor(state: StateReader) {
    this.state = state;
  }

  /** Declares a domain, or finds it again by name; returns its number. */
  domain(name: string, kind: Domain["kind"], transient = false): number {
    const known = this.#domains.findIndex((domain) => domain.name === name);
    if (known >= 0) {
      assert(this.#domains[known]!.kind === kind, `domain ${name} declared with two kinds`);
      return known;
    }
    assert(this.#domains.length < 128, "at most 128 domains");
    this.#domains.push({ name, kind, transient });
    return this.#domains.length - 1;
  }

  /** Number of an account; stable for the journal's life. */
  account(bytes: Uint8Array, at = 0, length = bytes.length - at): number {
    return this.#accounts.index(0, bytes, at, length);
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
    if (cell >= this.#loaded.length) this.#grow();
    if (this.#loaded[cell] === 0) this.#load(cell);
    return cell;
  }

  #load(cell: number): void {
    this.#loaded[cell] = 1;
    this.#triples.set(this.#triple, cell * 3);
    const domain = this.#domains[this.#triple[0]!]!;
    this.#values[cell] = undefined;
    if (domain.transient) return;
    const value = this.#readState(cell);
    if (value === undefined) return;
    if (domain.kind === BYTE_CELLS) this.#values[cell] = value;
    else bytesToWords(value, this.#words, cell * 8);
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

  #grow(): void {
    const size = this.#loaded.length * 2;
    this.#loaded = grown(this.#loaded, new Uint8Array(size));
    this.#marks = grown(this.#marks, new Uint8Array(size));
    this.#stamps = grown(this.#stamps, new Int32Array(size));
    this.#triples = grown(this.#triples, new Int32Array(size * 3));
    this.#words = grown(this.#words, new Uint32Array(size * 8));
    this.#originals = grown(this.#originals, new Uint32Array(size * 8));
  }

  // --- word cells -----------------------------------------------------------------------------------------------

  /** Copies the cell's eight words to `target[at..at+8)`. */
  readWords(cell: number, target: Uint32Array, at: number): void {
    const from = cell * 8;
    const words = this.#words;
    for (let i = 0; i < 8; i++) target[at + i] = words[from + i]!;
  }

  /** The current words of all cells; cell c has [8c, 8c+8). Valid until the next call of {@link cell}. Read only. */
  get words(): Uint32Array {
    return this.#words;
  }

  /** Sets the cell from `source[at..at+8)`. */
  writeWords(cell: number, source: Uint32Array, at: number): void {
    const to = cell * 8;
    const words = this.#words;
    if (this.#stamps[cell] !== this.#transaction) this.#stamp(cell);
    this.#pushUndo(cell, UNDO_WORD);
    if (this.#undoWordsLength + 8 > this.#undoWords.length) {
      this.#undoWords = grown(this.#undoWords, new Uint32Array(this.#undoWords.length * 2));
    }
    const undo = this.#undoWords;
    const saved = this.#undoWordsLength;
    for (let i = 0; i < 8; i++) {
      undo[saved + i] = words[to + i]!;
      words[to + i] = source[at + i]!;
    }
    this.#undoWordsLength = saved + 8;
  }

  /** The cell as a number. */
  readWord(cell: number): bigint {
    let value = 0n;
    for (let i = 7; i >= 0; i--) value = (value << 32n) | BigInt(this.#words[cell * 8 + i]!);
    return value;
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

  #stamp(cell: number): void {
    this.#stamps[cell] = this.#transaction;
    this.#originals.set(this.#words.subarray(cell * 8, cell * 8 + 8), cell * 8);
  }

  /** True if the cell was not written in this transaction: its words are the original ones. */
  isOriginal(cell: number): boolean {
    return this.#stamps[cell] !== this.#transaction;
  }

  /** Copies the words that the cell had when the transaction began. */
  readOriginalWords(cell: number, target: Uint32Array, at: number): void {
    const from = cell * 8;
    const words = this.#stamps[cell] === this.#transaction ? this.#originals : this.#words;
    for (let i = 0; i < 8; i++) target[at + i] = words[from + i]!;
  }

  // --- byte cells -----------------------------------------------------------------------------------------------

  /** Value of a byte cell; undefined = absent. Nobody modifies the array. */
  readBytes(cell: number): Uint8Array | undefined {
    return this.#values[cell];
  }

  writeBytes(cell: number, value: Uint8Array | undefined): void {
    this.#pushUndo(cell, UNDO_BYTES);
    this.#undoValues.push(this.#values[cell]);
    this.#values[cell] = value;
  }

  // --- marks and counters ---------------------------------------------------------------------------------------

  /** Eight journaled bits per cell, 0 at the beginning of a transaction: what is warm, created, touched. */
  mark(cell: number): number {
    return this.#marks[cell]!;
  }

  setMark(cell: number, bits: number): void {
    const old = this.#marks[cell]!;
    if (old === bits) return;
    this.#pushUndo(cell, UNDO_MARK | (old << 2));
    this.#marks[cell] = bits;
  }

  /** Journaled numbers of the transaction (refunds, for one); index 0..15, each below 2^53 in size. */
  counter(index: number): number {
    return this.#counters[index]!;
  }

  setCounter(index: number, value: number): void {
    this.#pushUndo(index, UNDO_COUNTER);
    this.#undoCounters.push(this.#counters[index]!);
    this.#counters[index] = value;
  }

  // --- logs -----------------------------------------------------------------------------------------------------

  log(entry: LogEntry): void {
    this.logs.push(entry);
  }

  // --- checkpoints ----------------------------------------------------------------------------------------------

  checkpoint(): Checkpoint {
    return {
      undo: this.#undoLength,
      words: this.#undoWordsLength,
      values: this.#undoValues.length,
      logs: this.logs.length,
    };
  }

  /**
   * Undoes everything since the checkpoint. `keepDurable`: durable log entries stay (the frame failed); without it they go too (the
   * frame is about to run again).
   */
  revert(checkpoint: Checkpoint, keepDurable: boolean): void {
    while (this.#undoLength > checkpoint.undo) this.#undoOne();
    assert(this.#undoWordsLength === checkpoint.words, "undo log and words out of step");
    if (keepDurable) {
      const kept = this.logs.slice(checkpoint.logs).filter((entry) => entry.durable);
      this.logs.length = checkpoint.logs;
      this.logs.push(...kept);
    } else {
      this.logs.length = checkpoint.logs;
    }
  }

  #undoOne(): void {
    this.#undoLength -= 2;
    const cell = this.#undo[this.#undoLength]!;
    const kind = this.#undo[this.#undoLength + 1]!;
    switch (kind & 3) {
      case UNDO_WORD: {
        this.#undoWordsLength -= 8;
        const from = this.#undoWordsLength;
        for (let i = 0; i < 8; i++) this.#words[cell * 8 + i] = this.#undoWords[from + i]!;
        break;
      }
      case UNDO_BYTES:
        this.#values[cell] = this.#undoValues.pop();
        break;
      case UNDO_MARK:
        this.#marks[cell] = kind >> 2;
        break;
      default:
        this.#counters[cell] = this.#undoCounters.pop()!;
    }
  }

  #pushUndo(cell: number, kind: number): void {
    if (this.#undoLength + 2 > this.#undo.length) {
      this.#undo = grown(this.#undo, new Int32Array(this.#undo.length * 2));
    }
    this.#undo[this.#undoLength] = cell;
    this.#undo[this.#undoLength + 1] = kind;
    this.#undoLength += 2;
  }

  /**
   * Begins a transaction on top of what the journal holds: marks, counters, logs and transient cells start anew, current
   * values become the original ones. Earlier checkpoints become invalid; {@link changes} still spans all transactions.
   */
  beginTransaction(): void {
    this.#transaction++;
    this.#marks.fill(0);
    this.#counters.fill(0);
    this.#undoLength = 0;
    this.#undoWordsLength = 0;
    this.#undoValues.length = 0;
    this.#undoCounters.length = 0;
    this.logs.length = 0;
    for (let cell = 0; cell < this.#cells.count; cell++) {
      if (!this.#domains[this.#triples[cell * 3]!]!.transient) continue;
      this.#words.fill(0, cell * 8, cell * 8 + 8);
      this.#values[cell] = undefined;
    }
  }

  /** Cells of durable domains that differ from the state below, in order of first sight. */
  changes(): CellChange[] {
    const changes: CellChange[] = [];
    for (let cell = 0; cell < this.#cells.count; cell++) {
      const at = cell * 3;
      const domain = this.#domains[this.#triples[at]!]!;
      if (domain.transient) continue;
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
    let { words, values } = checkpoint;
    for (let at = checkpoint.undo; at < this.#undoLength; at += 2) {
      const cell = this.#undo[at]!;
      const kind = this.#undo[at + 1]! & 3;
      if (kind !== UNDO_WORD && kind !== UNDO_BYTES) continue;
      // The first entry of a cell holds what it was.
      const before =
        kind === UNDO_WORD ? wordBytes(this.#undoWords, words) : this.#undoValues[values];
      if (kind === UNDO_WORD) words += 8;
      else values += 1;
      const isTransient = this.#domains[this.#triples[cell * 3]!]!.transient;
      if (isTransient || seen.has(cell)) continue;
      seen.add(cell);
      this.#pushChange(changes, cell, before);
    }
    return changes;
  }

  #pushChange(changes: CellChange[], cell: number, before: Uint8Array | undefined): void {
    const at = cell * 3;
    const domain = this.#domains[this.#triples[at]!]!;
    const after =
      domain.kind === BYTE_CELLS ? this.#values[cell] : wordBytes(this.#words, cell * 8);
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

/** The word in `source[at..at+8)` as the state has it: 32 bytes, most significant first, absent if zero. */
function wordBytes(source: Uint32Array, at: number): Uint8Array | undefined {
  const bytes = new Uint8Array(32);
  let any = 0;
  for (let i = 0; i < 8; i++) {
    const word = source[at + i]!;
    any |= word;
    const to = 28 - i * 4;
    bytes[to] = word >>> 24;
    bytes[to + 1] = word >>> 16;
    bytes[to + 2] = word >>> 8;
    bytes[to + 3] = word;
  }
  return any === 0 ? undefined : bytes;
}

function grown<T extends Uint8Array | Int32Array | Uint32Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

function bytesToWords(bytes: Uint8Array, target: Uint32Array, at: number): void {
  assert(bytes.length === 32, "a word cell has 32 bytes in the state");
  for (let i = 0; i < 8; i++) {
    const from = 28 - i * 4;
    target[at + i] =
      ((bytes[from]! << 24) |
        (bytes[from + 1]! << 16) |
        (bytes[from + 2]! << 8) |
        bytes[from + 3]!) >>>
      0;
  }
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
