import type { LinearMemory } from "@dragoman/core";
import {
  CLOSURE,
  type Closure,
  ENUM_TAG,
  type LaidField,
  type MoveType,
  VECTOR,
} from "./move-type.ts";
import { VALUE_DEPTH_MAX } from "./type-pool.ts";

/**
 * Notes in a new closure at `address` how many levels of values it has. False if they are too many: closures that capture closures
 * could nest without end, and everything that walks values would follow.
 */
export function sealClosure(memory: LinearMemory, closure: Closure, address: number): boolean {
  const depth = 1 + deepest(memory, closure.captured, address);
  memory.view.setUint32(address + CLOSURE.DEPTH, depth, true);
  return depth <= VALUE_DEPTH_MAX;
}

function deepest(memory: LinearMemory, fields: readonly LaidField[], address: number): number {
  return fields.reduce(
    (depth, { type, offset }) => Math.max(depth, valueDepth(memory, type, address + offset)),
    0,
  );
}

/** Levels of the value at `address`, those inside its closures included. */
function valueDepth(memory: LinearMemory, type: MoveType, address: number): number {
  if (!type.holdsClosures) return type.depth;
  const { view } = memory;
  switch (type.kind) {
    case "function":
      return view.getUint32(view.getUint32(address, true) + CLOSURE.DEPTH, true);
    case "vector": {
      const element = type.element as MoveType;
      const at = view.getUint32(address + VECTOR.POINTER, true);
      const length = view.getUint32(address + VECTOR.LENGTH, true);
      let depth = 0;
      for (let i = 0; i < length; i++) {
        depth = Math.max(depth, valueDepth(memory, element, at + i * element.size));
      }
      return 1 + depth;
    }
    case "enum": {
      const { fields } = type.variants[view.getUint32(address + ENUM_TAG, true)];
      return 1 + deepest(memory, fields, address);
    }
    default:
      return 1 + deepest(memory, type.fields, address);
  }
}
