import type { LinearMemory } from "@dragoman/core";
import { MoveFault } from "../format/index.ts";
import { type BcsSource, malformed, readUleb, take } from "./bcs-source.ts";
import { expectLayout, readClosureHead } from "./closure-bcs.ts";
import { CLOSURE, ENUM_TAG, type LaidField, type MoveType, VECTOR } from "./move-type.ts";
import { VALUE_DEPTH_MAX } from "./type-pool.ts";
import { sealClosure } from "./value-depth.ts";

export type { BcsSource } from "./bcs-source.ts";

/** Where decoded values put the elements of vectors: gives an 8-aligned address, -1 if there is no room. */
export type Allocate = (size: number) => number;

/** Where a decoder writes; without memory it only checks. */
interface Target {
  readonly memory: LinearMemory;
  readonly allocate: Allocate;
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
    case "function":
      return decodeClosure(source, type, address, target);
    case "reference":
      return malformed(source, "a reference has no BCS form");
    default: {
      const at = take(source, type.size);
      if (type.kind === "bool" && source.bytes[at] > 1) malformed(source, "a bool is 0 or 1");
      target?.memory.u8.set(source.bytes.subarray(at, at + type.size), address);
    }
  }
}

function decodeClosure(
  source: BcsSource,
  type: MoveType,
  address: number,
  target: Target | undefined,
): void {
  const closure = readClosureHead(source, type);
  source.nesting = (source.nesting ?? 0) + 1;
  if (source.nesting > VALUE_DEPTH_MAX) malformed(source, "closures nest too deep");
  const at = target === undefined ? 0 : target.allocate(closure.size);
  if (at < 0) throw new MoveFault("MEMORY_LIMIT_EXCEEDED", {}, "no room for a closure");
  for (const field of closure.captured) {
    expectLayout(source, field.type);
    decodeValue(source, field.type, at + field.offset, target);
  }
  source.nesting--;
  if (target === undefined) return;
  target.memory.view.setUint32(address, at, true);
  target.memory.view.setUint32(at + CLOSURE.ID, closure.id, true);
  target.memory.view.setUint32(at + CLOSURE.MODULE, closure.moduleWord, true);
  if (!sealClosure(target.memory, closure, at)) malformed(source, "values nest too deep");
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
