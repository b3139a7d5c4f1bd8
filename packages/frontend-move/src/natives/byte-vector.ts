import type { Frame } from "@dragoman/core";
import { VECTOR } from "../layout/move-type.ts";
import { takeHeap } from "../lift/heap.ts";

/** The bytes of the `vector<u8>` whose header lies at `address`: a view, valid until memory grows. */
export function readByteVector(frame: Frame, address: number): Uint8Array {
  const { view, u8 } = frame.memory;
  const at = view.getUint32(address + VECTOR.POINTER, true);
  return u8.subarray(at, at + view.getUint32(address + VECTOR.LENGTH, true));
}

/**
 * Makes a `vector<u8>` with the header at `address`. False if the heap is full: the frame must end with the outcome
 * MEMORY_LIMIT_EXCEEDED.
 */
export function writeByteVector(frame: Frame, address: number, bytes: Uint8Array): boolean {
  // The argument may be a view of the memory that grows here.
  const source = bytes.buffer === frame.memory.u8.buffer ? bytes.slice() : bytes;
  const at = source.length === 0 ? 0 : takeHeap(frame, source.length);
  if (at < 0) return false;
  const { view, u8 } = frame.memory;
  u8.set(source, at);
  view.setUint32(address + VECTOR.POINTER, at, true);
  view.setUint32(address + VECTOR.LENGTH, source.length, true);
  view.setUint32(address + VECTOR.CAPACITY, source.length, true);
  return true;
}
