import type { LinearMemory } from "@dragoman/core";
import { closureHead, layoutBytes } from "./closure-bcs.ts";
import {
  CLOSURE,
  ENUM_TAG,
  type FunctionShape,
  type LaidField,
  type MoveType,
  VECTOR,
} from "./move-type.ts";

/** Bytes of BCS being written; grows. Kept as a plain object because encoding is a hot loop. */
export interface BcsSink {
  bytes: Uint8Array;
  length: number;
}

export const bcsSink = (): BcsSink => ({ bytes: new Uint8Array(256), length: 0 });

/** What was written, copied. */
export const sinkBytes = (sink: BcsSink): Uint8Array => sink.bytes.slice(0, sink.length);

function reserve(sink: BcsSink, size: number): number {
  const at = sink.length;
  const end = at + size;
  if (end > sink.bytes.length) {
    const grown = new Uint8Array(Math.max(end, sink.bytes.length * 2));
    grown.set(sink.bytes.subarray(0, at));
    sink.bytes = grown;
  }
  sink.length = end;
  return at;
}

/** Canonical unsigned LEB128 of a length or a variant. */
function writeUleb(sink: BcsSink, value: number): void {
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) writeByte(sink, (rest & 0x7f) | 0x80);
  writeByte(sink, rest);
}

/** The place is made first: it may move the bytes. */
function writeByte(sink: BcsSink, value: number): void {
  const at = reserve(sink, 1);
  sink.bytes[at] = value;
}

/** Appends the BCS of the value of `type` at `address` of linear memory. A reference: of its target. */
export function encodeValue(
  memory: LinearMemory,
  type: MoveType,
  address: number,
  sink: BcsSink,
): void {
  switch (type.kind) {
    case "vector":
      return encodeVector(memory, type.element!, address, sink);
    case "struct":
      return encodeFields(memory, type.fields, address, sink);
    case "enum": {
      const tag = memory.view.getUint32(address + ENUM_TAG, true);
      writeUleb(sink, tag);
      return encodeFields(memory, type.variants[tag].fields, address, sink);
    }
    case "function":
      return encodeClosure(memory, type, memory.view.getUint32(address, true), sink);
    case "reference":
      return encodeValue(memory, type.element!, memory.view.getUint32(address, true), sink);
    default:
      return copyOut(memory, address, type.size, sink);
  }
}

function encodeClosure(memory: LinearMemory, type: MoveType, address: number, sink: BcsSink): void {
  const { closures } = type.shape as FunctionShape;
  const closure = closures.closureAt(memory.view.getUint32(address + CLOSURE.ID, true));
  writeBytes(sink, closureHead(closure));
  for (const field of closure.captured) {
    writeBytes(sink, layoutBytes(field.type));
    encodeValue(memory, field.type, address + field.offset, sink);
  }
}

function writeBytes(sink: BcsSink, bytes: Uint8Array): void {
  const at = reserve(sink, bytes.length);
  sink.bytes.set(bytes, at);
}

function encodeFields(
  memory: LinearMemory,
  fields: readonly LaidField[],
  address: number,
  sink: BcsSink,
): void {
  for (const { type, offset } of fields) encodeValue(memory, type, address + offset, sink);
}

function encodeVector(
  memory: LinearMemory,
  element: MoveType,
  address: number,
  sink: BcsSink,
): void {
  const at = memory.view.getUint32(address + VECTOR.POINTER, true);
  const length = memory.view.getUint32(address + VECTOR.LENGTH, true);
  writeUleb(sink, length);
  if (element.dense) return copyOut(memory, at, length * element.size, sink);
  for (let i = 0; i < length; i++) encodeValue(memory, element, at + i * element.size, sink);
}

function copyOut(memory: LinearMemory, address: number, size: number, sink: BcsSink): void {
  const at = reserve(sink, size);
  sink.bytes.set(memory.u8.subarray(address, address + size), at);
}

/** BCS of the value of `type` at `address`. */
export function bcsOf(memory: LinearMemory, type: MoveType, address: number): Uint8Array {
  const sink = bcsSink();
  encodeValue(memory, type, address, sink);
  return sinkBytes(sink);
}
