import type { LinearMemory, Tenant } from "../host/linear-memory.ts";
import { AREA, CELL, HEAD, PROBES_MAX, UNDO } from "./cell-layout.ts";

/** What a new store has room for; it grows by doubling. */
const CELLS_AT_FIRST = 16;
const SLOTS_AT_FIRST = 64;

/** Constants of the hash, odd; one for each part of a key and one for the tag. `kernel/journal.ts` must agree. */
const FACTORS = [
  0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f, 0x165667b1, 0xd3a2646d, 0xfd7046c5, 0xb55a4f09,
  0x2c1b3c6d,
] as const;

/**
 * Records of cells, the index that finds them by `(tag, key word)`, the undo log and the head, in arrays of the journal's own, or in
 * the cell area of a linear memory while programs run there, where compiled code works on the same bytes. A memory has one tenant: the next
 * one that enters sends the former out with what it has. A journal that outgrows the area leaves it, and compiled code finds nothing.
 */
export class CellStore implements Tenant {
  head = new Int32Array(HEAD.SIZE);
  counters = new Float64Array(this.head.buffer, HEAD.COUNTERS * 4, 16);
  index = new Int32Array(SLOTS_AT_FIRST);
  cells = new Uint32Array(CELLS_AT_FIRST * CELL.SIZE);
  undo = new Uint32Array(CELLS_AT_FIRST * UNDO.SIZE);
  /** Entries of the undo log as 64-bit floating point numbers: five a piece. */
  undoNumbers = new Float64Array(this.undo.buffer);
  /** Log entries that compiled code appended; empty unless in a memory. */
  log = new Uint8Array(0);
  #memory: LinearMemory | undefined;
  /** Cells that have a record. */
  #count = 0;
  /** Cells that the index knows. */
  #indexed = 0;
  /** Takes the log's entries out of the memory before the store leaves it. */
  readonly #takeLog: () => void;

  constructor(takeLog: () => void) {
    this.head[HEAD.MASK] = SLOTS_AT_FIRST - 1;
    this.#takeLog = takeLog;
  }

  get count(): number {
    return this.#count;
  }

  /** Gives the next cell its record, all zero. */
  add(): number {
    const cell = this.#count;
    if ((cell + 1) * CELL.SIZE > this.cells.length) this.#growCells();
    this.cells.fill(0, cell * CELL.SIZE, (cell + 1) * CELL.SIZE);
    this.#count = cell + 1;
    return cell;
  }

  #growCells(): void {
    if (this.#memory !== undefined) this.leave();
    const grown = new Uint32Array(this.cells.length * 2);
    grown.set(this.cells);
    this.cells = grown;
  }

  /** Words of a new entry of the undo log begin here in {@link undo}. */
  pushUndo(cell: number, kind: number): number {
    const length = this.head[HEAD.UNDO_LENGTH]!;
    const at = length * UNDO.SIZE;
    if (at + UNDO.SIZE > this.undo.length) this.#growUndo();
    this.undo[at] = cell;
    this.undo[at + UNDO.KIND] = kind;
    this.head[HEAD.UNDO_LENGTH] = length + 1;
    return at + UNDO.OLD;
  }

  #growUndo(): void {
    if (this.#memory !== undefined) this.leave();
    const grown = new Uint32Array(this.undo.length * 2);
    grown.set(this.undo);
    this.undo = grown;
    this.undoNumbers = new Float64Array(grown.buffer);
  }

  // --- the index ------------------------------------------------------------------------------------------------

  /** The cell of `(tag, words[at..at+8))`, or -1 if the index does not know it or finds it only after `probes` slots. */
  find(tag: number, words: Uint32Array, at: number, probes = PROBES_MAX): number {
    const mask = this.head[HEAD.MASK]!;
    let slot = hash(tag, words, at) & mask;
    for (let i = 0; i < probes; i++) {
      const cell = this.index[slot]! - 1;
      if (cell < 0) return -1;
      if (this.#holds(cell, tag, words, at)) return cell;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  #holds(cell: number, tag: number, words: Uint32Array, at: number): boolean {
    const { cells } = this;
    const record = cell * CELL.SIZE;
    if (cells[record + CELL.TAG] !== tag) return false;
    const key = record + CELL.KEY;
    for (let i = 0; i < 8; i++) if (cells[key + i] !== words[at + i]) return false;
    return true;
  }

  /** Makes the index find `cell`, which it does not know yet. */
  insert(cell: number, tag: number, words: Uint32Array, at: number): void {
    const record = cell * CELL.SIZE;
    this.cells[record + CELL.TAG] = tag;
    for (let i = 0; i < 8; i++) this.cells[record + CELL.KEY + i] = words[at + i]!;
    this.#indexed++;
    if (this.#indexed * 2 > this.head[HEAD.MASK]!) this.#growIndex();
    this.#place(cell);
  }

  /** Puts a cell, whose record has its key, in the first free slot. */
  #place(cell: number): void {
    const { cells, index } = this;
    const mask = this.head[HEAD.MASK]!;
    const record = cell * CELL.SIZE;
    let slot = hash(cells[record + CELL.TAG]!, cells, record + CELL.KEY) & mask;
    while (index[slot] !== 0) slot = (slot + 1) & mask;
    index[slot] = cell + 1;
  }

  #growIndex(): void {
    const old = this.index.slice(0, this.head[HEAD.MASK]! + 1);
    const slots = old.length * 2;
    if (this.#memory !== undefined && slots > AREA.SLOTS_MAX) this.leave();
    if (this.#memory === undefined) this.index = new Int32Array(slots);
    else this.index.fill(0, 0, slots);
    this.head[HEAD.MASK] = slots - 1;
    for (const entry of old) if (entry > 0) this.#place(entry - 1);
  }

  // --- the memory -----------------------------------------------------------------------------------------------

  /** Moves into `memory`, whose former tenant leaves; stays outside if there is more than the area holds. */
  enter(memory: LinearMemory): void {
    if (this.#memory === memory) return;
    if (this.#memory !== undefined) this.leave();
    memory.tenant?.leave();
    const undone = this.head[HEAD.UNDO_LENGTH]!;
    const slots = this.head[HEAD.MASK]! + 1;
    if (this.#count > AREA.CELLS_MAX || undone > AREA.UNDO_MAX || slots > AREA.SLOTS_MAX) return;
    const { head, index, cells, undo } = this;
    this.#memory = memory;
    memory.tenant = this;
    this.refreshViews();
    this.head.set(head);
    this.head[HEAD.UNDO_LIMIT] = AREA.UNDO_MAX;
    this.head[HEAD.LOG_LIMIT] = AREA.LOG_BYTES;
    this.index.set(index.subarray(0, slots));
    this.cells.set(cells.subarray(0, this.#count * CELL.SIZE));
    this.undo.set(undo.subarray(0, undone * UNDO.SIZE));
  }

  refreshViews(): void {
    const { buffer } = this.#memory!.memory;
    this.head = new Int32Array(buffer, AREA.HEAD, HEAD.SIZE);
    this.counters = new Float64Array(buffer, AREA.HEAD + HEAD.COUNTERS * 4, 16);
    this.index = new Int32Array(buffer, AREA.INDEX, AREA.SLOTS_MAX);
    this.cells = new Uint32Array(buffer, AREA.CELLS, AREA.CELLS_MAX * CELL.SIZE);
    this.undo = new Uint32Array(buffer, AREA.UNDO, AREA.UNDO_MAX * UNDO.SIZE);
    this.undoNumbers = new Float64Array(buffer, AREA.UNDO, (AREA.UNDO_MAX * UNDO.SIZE) / 2);
    this.log = new Uint8Array(buffer, AREA.LOG, AREA.LOG_BYTES);
  }

  leave(): void {
    this.#takeLog();
    const { head, index, cells, undo } = this;
    this.head = head.slice();
    this.head[HEAD.UNDO_LIMIT] = 0;
    this.head[HEAD.LOG_LIMIT] = 0;
    this.counters = new Float64Array(this.head.buffer, HEAD.COUNTERS * 4, 16);
    this.index = index.slice(0, head[HEAD.MASK]! + 1);
    this.cells = cells.slice(0, Math.max(CELLS_AT_FIRST, this.#count) * CELL.SIZE);
    const undone = Math.max(CELLS_AT_FIRST, head[HEAD.UNDO_LENGTH]!);
    this.undo = undo.slice(0, undone * UNDO.SIZE);
    this.undoNumbers = new Float64Array(this.undo.buffer);
    this.log = new Uint8Array(0);
    head.fill(0);
    head[HEAD.MASK] = -1;
    this.#memory!.tenant = undefined;
    this.#memory = undefined;
  }
}

/** A sum of products, then mixed: the products do not wait for each other. */
function hash(tag: number, words: Uint32Array, at: number): number {
  let h = Math.imul(tag, FACTORS[8]);
  for (let i = 0; i < 8; i++) h = (h + Math.imul(words[at + i]!, FACTORS[i]!)) | 0;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
