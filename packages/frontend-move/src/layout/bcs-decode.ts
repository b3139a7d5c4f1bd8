import type { LinearMemory } from "@dragoman/core";
import { MoveFault } from "../format/index.ts";
import { ENUM_TAG, type LaidField, type MoveType, VECTOR } from "./move-type.ts";

/** BCS being read. */
export interface BcsSource {
  readonly bytes: Uint8Array;
  at: number;
}

/** Where decoded values put the elements of vectors: gives an 8-aligned address, -1 if there is no room. */
export type Allocate = (size: number) => number;

/** Where a decoder writes; without memory it only checks. */
interface Target {
  readonly memory: LinearMemory;
  readonly allocate: Allocate;
}

function malformed(source: BcsSource, sentence: string): never {
  throw new MoveFault("FAILED_TO_DESERIALIZE_ARGUMENT", { offset: source.at }, sentence);
}

function take(source: BcsSource, size: number): number {
  const { at } = source;
  if (size > source.bytes.length - at) malformed(source, `${size} bytes are needed`);
  source.at = at + size;
  return at;
}

function readUleb(source: BcsSource): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = source.bytes[take(source, 1)];
    value += (byte & 0x7f) * 2 ** shift;
    if (value > 0xffff_ffff) malformed(source, "a length has more than 32 bits");
    if (byte < 0x80) {
      if (byte === 0 && shift > 0) malformed(source, "a length is not in its shortest form");
      return value;
    }
  }
}

/**
 * Reads a value of `type` from BCS and lays it at `address`; without a target it only checks the form.
 *
 * Faults: MoveFault FAILED_TO_DESERIALIZE_ARGUMENT with the offset in the bytes;
 * MEMORY_LIMIT_EXCEEDED where the target has no room.
 */
export function decodeValue(
  source: BcsSource,
  type: MoveType,
  address: number,
  target: Target | undefined,
): void {
  switch (type.kind) {
    case "vector":
      return decodeVector(source, type.element!, address, target);
    case "struct":
      return decodeFields(source, type.fields, address, target);
    case "enum": {
      const tag = readUleb(source);
      const variant = type.variants[tag];
      if (variant === undefined) malformed(source, `there is no variant ${tag}`);
      target?.memory.view.setUint32(address + ENUM_TAG, tag, true);
      return decodeFields(source, variant.fields, address, target);
    }
    case "reference":
      return malformed(source, "a reference has no BCS form");
    default: {
      const at = take(source, type.size);
      if (type.kind === "bool" && source.bytes[at] > 1) malformed(source, "a bool is 0 or 1");
      target?.memory.u8.set(source.bytes.subarray(at, at + type.size), address);
    }
  }
}

function decodeFields(
  source: BcsSource,
  fields: readonly LaidField[],
  address: number,
  target: Target | undefined,
): void {
  for (const { type, offset } of fields) decodeValue(source, type, address + offset, target);
}

function decodeVector(
  source: BcsSource,
  element: MoveType,
  address: number,
  target: Target | undefined,
): void {
  const length = readUleb(source);
  // Every element has at least one byte of BCS, so this bounds the allocation by the input.
  if (length > source.bytes.length - source.at) malformed(source, `${length} elements are needed`);
  const size = length * element.size;
  const at = target === undefined || size === 0 ? 0 : target.allocate(size);
  if (at < 0) throw new MoveFault("MEMORY_LIMIT_EXCEEDED", {}, "no room for a vector");
  if (target !== undefined) {
    const { view } = target.memory;
    view.setUint32(address + VECTOR.POINTER, at, true);
    view.setUint32(address + VECTOR.LENGTH, length, true);
    view.setUint32(address + VECTOR.CAPACITY, length, true);
  }
  if (element.dense && element.kind !== "bool" && element.fields.length === 0) {
    const from = take(source, size);
    target?.memory.u8.set(source.bytes.subarray(from, from + size), at);
    return;
  }
  for (let i = 0; i < length; i++) decodeValue(source, element, at + i * element.size, target);
}

/**
 * Checks that `bytes` are the BCS of a value of `type` and nothing else.
 *
 * Faults: MoveFault FAILED_TO_DESERIALIZE_ARGUMENT.
 */
export function checkBcs(type: MoveType, bytes: Uint8Array): void {
  const source = { bytes, at: 0 };
  decodeValue(source, type, 0, undefined);
  if (source.at !== bytes.length) malformed(source, `${bytes.length - source.at} bytes are left`);
}
