// The journal's cells, as compiled code works on them. The layout is that of
// ../src/journal/cell-layout.ts, the hash that of ../src/journal/cell-store.ts.
import { copyWord } from "./cells";

const HEAD: usize = 0x100000;
const INDEX: usize = 0x101000;
/** Records by handle, which is the cell's number + 1. */
const RECORDS: usize = 0x200000 - 128;
const UNDO_LOG: usize = 0x600000;
const LOG: usize = 0xa00000;
const UNDO_SIZE: usize = 40;
const PROBES_MAX: i32 = 24;

const UNDO_WORD: i32 = 0;
const UNDO_MARK: i32 = 2;
const UNDO_COUNTER: i32 = 3;

// Offsets in the head and in a record.
const UNDO_LENGTH: usize = 4;
const UNDO_LIMIT: usize = 8;
const TRANSACTION: usize = 12;
const LOG_COUNT: usize = 16;
const LOG_USED: usize = 20;
const LOG_LIMIT: usize = 24;
const COUNTERS: usize = 64;
const ORIGINALS: usize = 32;
const KEY: usize = 64;
const TAG: usize = 96;
const STAMP: usize = 100;
const MARK: usize = 104;

// @ts-ignore: decorator
@inline
function record(handle: i32): usize {
  return RECORDS + (usize(handle) << 7);
}

/** Handle of the cell `(tag, key)`, or 0 if it is not found at once. */
export function cellFind(tag: i32, k0: u64, k1: u64, k2: u64, k3: u64): i32 {
  const mask = load<i32>(HEAD);
  if (mask < 0) return 0;
  let h: i32 = tag * 0x2c1b3c6d + i32(k0) * 0x9e3779b1 + i32(k0 >> 32) * 0x85ebca6b +
    i32(k1) * 0xc2b2ae35 + i32(k1 >> 32) * 0x27d4eb2f + i32(k2) * 0x165667b1 +
    i32(k2 >> 32) * 0xd3a2646d + i32(k3) * 0xfd7046c5 + i32(k3 >> 32) * 0xb55a4f09;
  h = (h ^ i32(u32(h) >>> 15)) * 0x2c1b3c6d;
  h ^= i32(u32(h) >>> 13);
  let slot = h & mask;
  for (let i = 0; i < PROBES_MAX; i++) {
    const handle = load<i32>(INDEX + (usize(slot) << 2));
    if (handle == 0) return 0;
    const p = record(handle);
    if (
      load<u64>(p, KEY) == k0 && load<u64>(p, KEY + 8) == k1 &&
      load<u64>(p, KEY + 16) == k2 && load<u64>(p, KEY + 24) == k3 && load<i32>(p, TAG) == tag
    ) return handle;
    slot = (slot + 1) & mask;
  }
  return 0;
}

/** A new entry of the undo log; traps if there is no room, and the frame is run again elsewhere. */
// @ts-ignore: decorator
@inline
function pushUndo(cell: i32, kind: i32): usize {
  const length = load<i32>(HEAD, UNDO_LENGTH);
  if (length >= load<i32>(HEAD, UNDO_LIMIT)) unreachable();
  store<i32>(HEAD, length + 1, UNDO_LENGTH);
  const entry = UNDO_LOG + usize(length) * UNDO_SIZE;
  store<i32>(entry, cell);
  store<i32>(entry, kind, 4);
  return entry + 8;
}

/** Sets the cell; what it was goes to the undo log and, at the first write of a transaction, to the originals. */
export function cellStore(handle: i32, v0: u64, v1: u64, v2: u64, v3: u64): void {
  const p = record(handle);
  const undo = pushUndo(handle - 1, UNDO_WORD);
  const transaction = load<i32>(HEAD, TRANSACTION);
  if (load<i32>(p, STAMP) != transaction) {
    store<i32>(p, transaction, STAMP);
    copyWord(p + ORIGINALS, p);
  }
  copyWord(undo, p);
  store<u64>(p, v0);
  store<u64>(p, v1, 8);
  store<u64>(p, v2, 16);
  store<u64>(p, v3, 24);
}

/** Sets the cell's mark. */
export function cellSetMark(handle: i32, bits: i32): void {
  const p = record(handle);
  const old = load<i32>(p, MARK);
  if (old == bits) return;
  pushUndo(handle - 1, UNDO_MARK | (old << 2));
  store<i32>(p, bits, MARK);
}

/** Adds to a counter. */
export function counterAdd(index: i32, amount: i64): void {
  const undo = pushUndo(index, UNDO_COUNTER);
  const at = HEAD + COUNTERS + (usize(index) << 3);
  const old = load<f64>(at);
  store<f64>(undo, old);
  store<f64>(at, old + f64(amount));
}

/**
 * Appends an entry to the log: 1, or 0 if there is no room. Copies whole words: what lies behind
 * topics and data is addressable.
 */
export function logAppend(tag: i32, count: i32, topics: usize, data: usize, length: i32): i32 {
  const used = load<i32>(HEAD, LOG_USED);
  const size = (i64(u32(length)) + (i64(count) << 5) + 16 + 31) & ~31;
  if (i64(used) + size > i64(load<i32>(HEAD, LOG_LIMIT))) return 0;
  let to = LOG + usize(used);
  store<i32>(to, tag);
  store<i32>(to, count, 4);
  store<i32>(to, length, 8);
  store<i32>(to, i32(size), 12);
  to += 16;
  for (let i = 0; i < count; i++) {
    copyWord(to, topics);
    to += 32;
    topics += 32;
  }
  let i: usize = 0;
  for (; i + 16 <= usize(length); i += 16) v128.store(to + i, v128.load(data + i));
  for (; i < usize(length); i++) store<u8>(to + i, load<u8>(data + i));
  store<i32>(HEAD, used + i32(size), LOG_USED);
  store<i32>(HEAD, load<i32>(HEAD, LOG_COUNT) + 1, LOG_COUNT);
  return 1;
}
