import { AREA, CELL, HEAD } from "../journal/cell-layout.ts";
import { WASM_TYPE as T, W } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";
import { pushFourLimbs } from "./kernel-calls.ts";

// Word cells of the journal, on the bytes that the journal works on: see ../journal/cell-layout.ts.

const RECORD_SHIFT = 7;
/** Offset of a record's part from the shifted handle, which is the cell's number + 1. */
const part = (word: number): number => AREA.CELLS + 4 * word - 4 * CELL.SIZE;

/** Pushes what {@link part} is relative to. */
function pushRecord(c: Emitter, handle: number): void {
  c.push(handle);
  c.const32(RECORD_SHIFT);
  c.op(W.i32Shl);
}

export const find: Lower = (c, at) => {
  const key = c.code[at + 4];
  c.settle(key);
  c.push(c.code[at + 3]);
  pushFourLimbs(c, key);
  c.done(key);
  c.kernel("cellFind");
};

function loadLimbs(c: Emitter, record: number, offset: number): void {
  for (let k = 0; k < 4; k++) {
    c.get(record);
    c.memory(W.i64Load, offset + 8 * k);
    c.setLimb(k);
  }
  c.free(record);
}

export const load: Lower = (c, at) => {
  const record = c.temporary(T.i32);
  pushRecord(c, c.code[at + 3]);
  c.set(record);
  loadLimbs(c, record, part(CELL.WORDS));
};

/** The originals where the stamp is the transaction's number, the current words elsewhere. */
export const original: Lower = (c, at) => {
  const record = c.temporary(T.i32);
  pushRecord(c, c.code[at + 3]);
  c.tee(record);
  c.get(record);
  c.memory(W.i32Load, part(CELL.STAMP));
  c.const32(0);
  c.memory(W.i32Load, AREA.HEAD + 4 * HEAD.TRANSACTION);
  c.op(W.i32Eq);
  c.const32(5);
  c.op(W.i32Shl);
  c.op(W.i32Add);
  c.set(record);
  loadLimbs(c, record, part(CELL.WORDS));
};

export const storeCell: Lower = (c, at) => {
  const value = c.code[at + 3];
  c.settle(value);
  c.push(c.code[at + 2]);
  c.flushReads();
  pushFourLimbs(c, value);
  c.done(value);
  c.kernel("cellStore");
};

export const mark: Lower = (c, at) => {
  pushRecord(c, c.code[at + 3]);
  c.memory(W.i32Load, part(CELL.MARK));
};

export const setMark: Lower = (c, at) => {
  c.push(c.code[at + 2]);
  c.push(c.code[at + 3]);
  c.flushReads();
  c.kernel("cellSetMark");
};

export const addToCounter: Lower = (c, at) => {
  c.const32(c.code[at + 3]);
  c.push(c.code[at + 2]);
  c.flushReads();
  c.kernel("counterAdd");
};

export const appendToLog: Lower = (c, at) => {
  c.push(c.code[at + 3]);
  c.const32(c.code[at + 7]);
  for (let i = 1; i < 4; i++) c.push(c.code[at + 3 + i]);
  c.flushReads();
  c.kernel("logAppend");
};
