import { type Frame, HOST, type HostFunction } from "@dragoman/core";
import { type MoveType, VECTOR } from "../layout/move-type.ts";
import { takeHeap } from "../lift/heap.ts";
import { MOVE_TRAP } from "../lift/outcome.ts";
import { abortNative } from "./abort.ts";
import { NATIVE_GAS } from "./native-gas.ts";
import { unpaid } from "./native-result.ts";

/** `mem::swap<T>(&mut T, &mut T)`: what lies at the one goes to the other. */
export function swap({ size }: MoveType): HostFunction {
  return (frame) => {
    if (!frame.charge(NATIVE_GAS.MEM_SWAP)) return unpaid(frame);
    const { u8 } = frame.memory;
    const [left, right] = [frame.argI32(0), frame.argI32(1)];
    const kept = u8.slice(left, left + size);
    u8.copyWithin(left, right, right + size);
    u8.set(kept, right);
    return HOST.CONTINUE;
  };
}

/** The public API's code for positions outside of the vectors. */
const OUT_OF_BOUNDS = 1n;

/** `vector::move_range<T>(from: &mut vector<T>, position, length, to: &mut vector<T>, position)`. */
export function moveRange({ size }: MoveType): HostFunction {
  return (frame) => {
    const { view } = frame.memory;
    const [from, to] = [frame.argI32(0), frame.argI32(3)];
    const [removeAt, count, insertAt] = [frame.argI64(1), frame.argI64(2), frame.argI64(4)];
    const fromLength = view.getUint32(from + VECTOR.LENGTH, true);
    const toLength = view.getUint32(to + VECTOR.LENGTH, true);
    if (!frame.charge(NATIVE_GAS.MOVE_RANGE)) return unpaid(frame);
    if (removeAt + count > fromLength || insertAt > toLength) {
      return abortNative(frame, OUT_OF_BOUNDS);
    }
    const [start, length, target] = [Number(removeAt), Number(count), Number(insertAt)];
    const moved = fromLength - start + (toLength - target) + length;
    if (!frame.charge(NATIVE_GAS.MOVE_RANGE_INDEX * moved)) return unpaid(frame);
    const source = view.getUint32(from + VECTOR.POINTER, true);
    const bytes = frame.memory.u8.slice(source + start * size, source + (start + length) * size);
    const at = openGap(frame, to, { target, length, size });
    if (at < 0) return frame.leave(MOVE_TRAP.MEMORY);
    const { u8 } = frame.memory;
    u8.set(bytes, at);
    u8.copyWithin(
      source + start * size,
      source + (start + length) * size,
      source + fromLength * size,
    );
    frame.memory.view.setUint32(from + VECTOR.LENGTH, fromLength - length, true);
    return HOST.CONTINUE;
  };
}

interface Gap {
  readonly target: number;
  readonly length: number;
  readonly size: number;
}

/** Moves the elements from `target` on behind a gap of `length`; where the gap begins, or -1 if there is no room. */
function openGap(frame: Frame, to: number, { target, length, size }: Gap): number {
  const old = frame.memory.view.getUint32(to + VECTOR.POINTER, true);
  const count = frame.memory.view.getUint32(to + VECTOR.LENGTH, true);
  const capacity = frame.memory.view.getUint32(to + VECTOR.CAPACITY, true);
  const total = count + length;
  const fits = total <= capacity;
  const at = fits ? old : takeHeap(frame, total * size);
  if (at < 0) return -1;
  const { u8, view } = frame.memory;
  u8.copyWithin(at + (target + length) * size, old + target * size, old + count * size);
  if (!fits) {
    u8.copyWithin(at, old, old + target * size);
    view.setUint32(to + VECTOR.POINTER, at, true);
    view.setUint32(to + VECTOR.CAPACITY, total, true);
  }
  view.setUint32(to + VECTOR.LENGTH, total, true);
  return at + target * size;
}
