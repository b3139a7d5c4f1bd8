import { HOST, type HostFunction, type LinearMemory } from "@dragoman/core";
import { bcsOf } from "../layout/bcs-encode.ts";
import { ENUM_TAG, type LaidField, type MoveType, VECTOR } from "../layout/move-type.ts";
import { NATIVE_GAS } from "./native-gas.ts";
import { unpaid } from "./native-result.ts";

/** Variants of `0x1::cmp::Ordering`. */
const LESS = 0;
const EQUAL = 1;
const GREATER = 2;

/**
 * Orders two values of one type: numbers by value, addresses by their bytes, vectors and structs by their first difference, enums by
 * variant first. Negative, zero or positive.
 */
export function compareValues(
  memory: LinearMemory,
  type: MoveType,
  left: number,
  right: number,
): number {
  const { view } = memory;
  switch (type.kind) {
    case "reference":
      return compareValues(
        memory,
        type.element as MoveType,
        view.getUint32(left, true),
        view.getUint32(right, true),
      );
    case "struct":
      return compareFields(memory, type.fields, left, right);
    case "enum": {
      const [a, b] = [left, right].map((at) => view.getUint32(at + ENUM_TAG, true));
      if (a !== b) return a - b;
      return compareFields(memory, type.variants[a].fields, left, right);
    }
    case "vector":
      return compareVectors(memory, type.element as MoveType, left, right);
    case "address":
    case "signer":
      return compareBytes(memory, left, right, type.size);
    default:
      return compareNumbers(memory, left, right, type.size);
  }
}

function compareFields(
  memory: LinearMemory,
  fields: readonly LaidField[],
  left: number,
  right: number,
): number {
  for (const { type, offset } of fields) {
    const order = compareValues(memory, type, left + offset, right + offset);
    if (order !== 0) return order;
  }
  return 0;
}

function compareVectors(
  memory: LinearMemory,
  element: MoveType,
  left: number,
  right: number,
): number {
  const { view } = memory;
  const [a, b] = [left, right].map((at) => view.getUint32(at + VECTOR.LENGTH, true));
  const [from, to] = [left, right].map((at) => view.getUint32(at + VECTOR.POINTER, true));
  for (let index = 0; index < Math.min(a, b); index++) {
    const at = index * element.size;
    const order = compareValues(memory, element, from + at, to + at);
    if (order !== 0) return order;
  }
  return a - b;
}

function compareBytes({ u8 }: LinearMemory, left: number, right: number, size: number): number {
  for (let at = 0; at < size; at++) {
    const difference = u8[left + at] - u8[right + at];
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Little-endian: the last byte counts most. */
function compareNumbers({ u8 }: LinearMemory, left: number, right: number, size: number): number {
  for (let at = size - 1; at >= 0; at--) {
    const difference = u8[left + at] - u8[right + at];
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `cmp::compare<T>(&T, &T): Ordering`. */
export function compare(type: MoveType): HostFunction {
  return (frame) => {
    const [left, right] = [frame.argI32(0), frame.argI32(1)];
    const { memory } = frame;
    const size = bcsOf(memory, type, left).length + bcsOf(memory, type, right).length;
    if (!frame.charge(NATIVE_GAS.COMPARE + NATIVE_GAS.COMPARE_BYTE * size)) return unpaid(frame);
    const order = compareValues(memory, type, left, right);
    const variant = order < 0 ? LESS : order > 0 ? GREATER : EQUAL;
    memory.view.setUint32(frame.argI32(2) + ENUM_TAG, variant, true);
    return HOST.CONTINUE;
  };
}
