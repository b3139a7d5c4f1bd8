import { BYTE_CELLS, type Frame, HOST, type HostFunction, OUTCOME } from "@dragoman/core";
import { sha3_256 } from "@dragoman/crypto";
import { bcsOf } from "../layout/bcs-encode.ts";
import { isInMemory, type MoveType } from "../layout/move-type.ts";
import { HOST_GAS } from "../lift/gas-schedule.ts";
import { MOVE_TRAP } from "../lift/outcome.ts";
import { abortNative } from "./abort.ts";
import { globalsOf, type LoadedResource, place } from "./global-storage.ts";

/** Domain of the cells that hold entries of tables: account = handle of the table, key = BCS of the key, value = BCS of the value. */
export const TABLE_DOMAIN = "move.table";

/** Codes of the public API, (100 << 8) + 7 and (101 << 8) + 7: the key is there already; it is not there. */
const ALREADY_EXISTS = 25607n;
const NOT_FOUND = 25863n;

const COUNTER_ACCOUNT = new Uint8Array(32);
const COUNTER_KEY = new TextEncoder().encode("handles");
const HANDLE_TAG = new TextEncoder().encode("dragoman::table");

/**
 * `new_table_handle<K, V>(): address`: SHA3-256 of a tag and of the number of tables that the state has had (u64, little-endian), which is kept under
 * the zero address.
 */
export const newHandle: HostFunction = (frame) => {
  if (!frame.charge(HOST_GAS.TABLE_HANDLE)) return frame.leave(OUTCOME.OUT_OF_GAS);
  const { journal } = frame;
  const domain = journal.domain(TABLE_DOMAIN, BYTE_CELLS);
  const cell = journal.cell(domain, journal.account(COUNTER_ACCOUNT), COUNTER_KEY);
  const count = new Uint8Array(8);
  const before = journal.readBytes(cell);
  if (before !== undefined) count.set(before);
  const preimage = new Uint8Array(HANDLE_TAG.length + 8);
  preimage.set(HANDLE_TAG);
  preimage.set(count, HANDLE_TAG.length);
  const view = new DataView(count.buffer);
  view.setBigUint64(0, view.getBigUint64(0, true) + 1n, true);
  journal.writeBytes(cell, count);
  // An address is carried as its bytes.
  frame.memory.u8.set(sha3_256(preimage), frame.slot(0));
  return HOST.CONTINUE;
};

/** The entry of the table that argument 0 refers to, under the key in argument 1; a number is the outcome of the frame. */
function touch(frame: Frame, key: MoveType, box: MoveType): LoadedResource | number {
  const { journal, memory } = frame;
  const at = isInMemory(key) ? frame.argI32(1) : frame.slot(1);
  const account = journal.account(memory.u8, frame.argI32(0), 32);
  const domain = journal.domain(TABLE_DOMAIN, BYTE_CELLS);
  const cell = journal.cell(domain, account, bcsOf(memory, key, at));
  return globalsOf(frame).touchCell(frame, box, cell);
}

/** `add_box(&mut Table<K, V>, K, Box<V>)`. */
export function add([, key, box]: readonly MoveType[]): HostFunction {
  return (frame) => {
    const entry = touch(frame, key, box);
    if (typeof entry === "number") return frame.leave(entry);
    if (entry.address !== 0) return abortNative(frame, ALREADY_EXISTS);
    return place(frame, entry, frame.argI32(2)) ? HOST.CONTINUE : frame.leave(MOVE_TRAP.MEMORY);
  };
}

/** `borrow_box(&Table<K, V>, K): &Box<V>`, and the mutable form. */
export function borrow(
  [, key]: readonly MoveType[],
  reference: MoveType,
  mutable: boolean,
): HostFunction {
  const box = reference.element as MoveType;
  return (frame) => {
    const entry = touch(frame, key, box);
    if (typeof entry === "number") return frame.leave(entry);
    if (entry.address === 0) return abortNative(frame, NOT_FOUND);
    if (mutable) entry.changed = true;
    frame.resultI32(0, entry.address);
    return HOST.CONTINUE;
  };
}

/** `contains_box<K, V, B>(&Table<K, V>, K): bool`; B is the box. */
export function contains(
  [, , box]: readonly MoveType[],
  [, key]: readonly MoveType[],
): HostFunction {
  return (frame) => {
    const entry = touch(frame, key, box);
    if (typeof entry === "number") return frame.leave(entry);
    frame.resultI32(0, entry.address === 0 ? 0 : 1);
    return HOST.CONTINUE;
  };
}

/** `remove_box(&mut Table<K, V>, K): Box<V>`. */
export function remove([, key]: readonly MoveType[], box: MoveType): HostFunction {
  return (frame) => {
    const entry = touch(frame, key, box);
    if (typeof entry === "number") return frame.leave(entry);
    if (entry.address === 0) return abortNative(frame, NOT_FOUND);
    frame.memory.u8.copyWithin(frame.argI32(2), entry.address, entry.address + box.size);
    entry.address = 0;
    entry.changed = true;
    return HOST.CONTINUE;
  };
}

/** `destroy_empty_box(&Table<K, V>)` and `drop_unchecked_box(Table<K, V>)`: the handle is forgotten, entries stay where they are. */
export const forget: HostFunction = (frame) =>
  frame.charge(HOST_GAS.TRIVIAL) ? HOST.CONTINUE : frame.leave(OUTCOME.OUT_OF_GAS);
