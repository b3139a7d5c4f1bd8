import { HOST, type HostFunction, OUTCOME } from "@dragoman/core";
import { bcsSink, encodeValue } from "../layout/bcs-encode.ts";
import { CLOSURE, type Closure, type FunctionShape, type MoveType } from "../layout/move-type.ts";
import { sealClosure } from "../layout/value-depth.ts";
import { HOST_GAS } from "./gas-schedule.ts";
import { MOVE_TRAP } from "./outcome.ts";

/** (closure, closure) -> 1 if they are of one function and captured the same: equal values have equal BCS. */
export function equalClosures(type: MoveType): HostFunction {
  const { closures } = type.shape as FunctionShape;
  return (frame) => {
    const [x, y] = [frame.argI32(0) >>> 0, frame.argI32(1) >>> 0];
    const { memory } = frame;
    const [left, right] = [bcsSink(), bcsSink()];
    const id = memory.view.getUint32(x + CLOSURE.ID, true);
    const sameFunction = id === memory.view.getUint32(y + CLOSURE.ID, true);
    if (sameFunction) {
      for (const field of closures.closureAt(id).captured) {
        encodeValue(memory, field.type, x + field.offset, left);
        encodeValue(memory, field.type, y + field.offset, right);
      }
    }
    const cost = HOST_GAS.CLOSURE + HOST_GAS.CLOSURE_BYTE * (left.length + right.length);
    if (!frame.charge(cost)) return frame.leave(OUTCOME.OUT_OF_GAS);
    const isEqual =
      sameFunction &&
      left.length === right.length &&
      left.bytes.subarray(0, left.length).every((byte, i) => byte === right.bytes[i]);
    frame.resultI32(0, isEqual ? 1 : 0);
    return HOST.CONTINUE;
  };
}

/** (closure) -> nothing: notes how deep it is; a closure that is too deep ends the frame. */
export function sealNewClosure(closure: Closure): HostFunction {
  return (frame) => {
    const cost = HOST_GAS.CLOSURE + HOST_GAS.CLOSURE_BYTE * closure.size;
    if (!frame.charge(cost)) return frame.leave(OUTCOME.OUT_OF_GAS);
    const fits = sealClosure(frame.memory, closure, frame.argI32(0) >>> 0);
    return fits ? HOST.CONTINUE : frame.leave(MOVE_TRAP.VALUE_DEPTH);
  };
}
