import { CELL_AREA } from "../host/frame-layout.ts";

/**
 * A cell's record, in 32-bit words. Records, index and undo log have this form in shared memory and in arrays of a journal alike;
 * `packages/core/kernel/journal.ts` must agree.
 */
export const CELL = {
  /** Current word, eight parts, least significant first. */
  WORDS: 0,
  /** The word when the transaction began; valid where the stamp is the transaction's number. */
  ORIGINALS: 8,
  /** Key of a cell that the index knows. */
  KEY: 16,
  TAG: 24,
  STAMP: 25,
  MARK: 26,
  SIZE: 32,
} as const;

/** An entry of the undo log, in 32-bit words: cell or counter, kind, what it was. */
export const UNDO = { CELL: 0, KIND: 1, OLD: 2, SIZE: 10 } as const;

/** Numbers of the journal that compiled code sees, in 32-bit words from the area's start. */
export const HEAD = {
  /** Slots of the index - 1; negative = no journal is here, nothing is found. */
  MASK: 0,
  /** Entries of the undo log, and how many there may be; 0 = none may be written. */
  UNDO_LENGTH: 1,
  UNDO_LIMIT: 2,
  TRANSACTION: 3,
  /** Log entries that lie in the log buffer, its bytes in use, and its size (0 = nothing may be appended). */
  LOG_COUNT: 4,
  LOG_USED: 5,
  LOG_LIMIT: 6,
  /** Log entries that the journal has as objects. */
  LOGS_TAKEN: 7,
  /** Changes of byte cells so far: what was derived from one is still right if this has not changed. */
  BYTES_VERSION: 8,
  /** Sixteen counters, 64-bit floating point. */
  COUNTERS: 16,
  SIZE: 64,
} as const;

/** Slots of the index that are looked at before a find gives up: a chain from strangers costs bounded time. */
export const PROBES_MAX = 24;

/** What programs' frontends load of the head, by address in linear memory. */
export const JOURNAL_CELLS = {
  BYTES_VERSION: CELL_AREA + 4 * HEAD.BYTES_VERSION,
} as const;

/** Where the parts of the area lie in linear memory, in bytes, and how much they hold. */
export const AREA = {
  HEAD: CELL_AREA,
  INDEX: CELL_AREA + 0x1000,
  SLOTS_MAX: 1 << 16,
  CELLS: CELL_AREA + 0x100000,
  CELLS_MAX: 1 << 15,
  UNDO: CELL_AREA + 0x500000,
  UNDO_MAX: 100_000,
  LOG: CELL_AREA + 0x900000,
  LOG_BYTES: 0x200000,
} as const;
