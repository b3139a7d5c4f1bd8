import { type Frame, HOST, type HostFunction, liesInRegions } from "@dragoman/core";
import { assert } from "@dragoman/fault";
import {
  ENUM_TAG,
  isInMemory,
  isReferenceType,
  type MoveType,
  VECTOR,
} from "../layout/move-type.ts";
import { formatType } from "../layout/type-tag.ts";
import { MOVE_REGIONS } from "./memory-regions.ts";

/** Elements of one vector that are looked at. */
const ELEMENTS_MAX = 256;

/**
 * Asserts that a value of `type` lies at `address` with all of its parts: within the program's regions, vectors with room for what
 * they hold, enums with a variant that there is, bools that are 0 or 1. For programs under assertion only.
 */
export function assertValue(frame: Frame, type: MoveType, address: number, what: string): void {
  const fail = (why: string): string =>
    `${what}: the ${formatType(type)} at 0x${address.toString(16)} ${why}`;
  assert(liesInRegions(frame, MOVE_REGIONS, address, type.size), fail("lies outside all regions"));
  const { view } = frame.memory;
  switch (type.kind) {
    case "bool":
      assert(view.getUint8(address) < 2, fail("is neither 0 nor 1"));
      break;
    case "vector":
      assertVector(frame, type.element as MoveType, address, what, fail);
      break;
    case "enum": {
      const variant = type.variants[view.getUint32(address + ENUM_TAG, true)];
      assert(variant !== undefined, fail("has no such variant"));
      for (const field of variant.fields) {
        assertValue(frame, field.type, address + field.offset, what);
      }
      break;
    }
    default:
      for (const field of type.fields) assertValue(frame, field.type, address + field.offset, what);
  }
}

function assertVector(
  frame: Frame,
  element: MoveType,
  address: number,
  what: string,
  fail: (why: string) => string,
): void {
  const { view } = frame.memory;
  const at = view.getUint32(address + VECTOR.POINTER, true);
  const length = view.getUint32(address + VECTOR.LENGTH, true);
  const capacity = view.getUint32(address + VECTOR.CAPACITY, true);
  assert(length <= capacity, fail(`holds ${length} elements in the room of ${capacity}`));
  const bytes = capacity * element.size;
  assert(liesInRegions(frame, MOVE_REGIONS, at, bytes), fail("has elements outside all regions"));
  if (element.bits > 0) return;
  for (let i = 0; i < Math.min(length, ELEMENTS_MAX); i++) {
    assertValue(frame, element, at + i * element.size, what);
  }
}

/** A native function between assertions of the values that it gets and of those that it gives back. */
export function assertedNative(
  name: string,
  native: HostFunction,
  parameters: readonly MoveType[],
  results: readonly MoveType[],
): HostFunction {
  const inMemory = results.filter(isInMemory);
  return (frame) => {
    const targets = inMemory.map((_, index) => frame.argI32(parameters.length + index) >>> 0);
    parameters.forEach((type, index) => {
      const value = isReferenceType(type) ? (type.element as MoveType) : type;
      if (value === type && !isInMemory(type)) return;
      assertValue(frame, value, frame.argI32(index) >>> 0, `argument ${index} of ${name}`);
    });
    const answer = native(frame);
    if (answer !== HOST.CONTINUE) return answer;
    targets.forEach((at, index) => {
      assertValue(frame, inMemory[index], at, `result ${index} in memory of ${name}`);
    });
    return answer;
  };
}
