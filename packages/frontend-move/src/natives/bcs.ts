import { HOST, type HostFunction, OUTCOME } from "@dragoman/core";
import { bcsOf } from "../layout/bcs-encode.ts";
import type { MoveType } from "../layout/move-type.ts";
import { HOST_GAS } from "../lift/gas-schedule.ts";
import { MOVE_TRAP } from "../lift/outcome.ts";
import { writeByteVector } from "./byte-vector.ts";

/** `bcs::to_bytes<T>(&T): vector<u8>`. */
export function bcsToBytes(type: MoveType): HostFunction {
  return (frame) => {
    const bytes = bcsOf(frame.memory, type, frame.argI32(0));
    const cost = HOST_GAS.BCS + HOST_GAS.BCS_BYTE * bytes.length;
    if (!frame.charge(cost)) return frame.leave(OUTCOME.OUT_OF_GAS);
    if (!writeByteVector(frame, frame.argI32(1), bytes)) return frame.leave(MOVE_TRAP.MEMORY);
    return HOST.CONTINUE;
  };
}
