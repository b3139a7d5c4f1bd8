import { encodeHex } from "@dragoman/bytes";
import { HOST, type HostFunction, OUTCOME } from "@dragoman/core";
import type { MoveType } from "../layout/move-type.ts";
import { formatType } from "../layout/type-tag.ts";
import { HOST_GAS } from "../lift/gas-schedule.ts";
import { MOVE_TRAP } from "../lift/outcome.ts";
import { writeByteVector } from "./byte-vector.ts";

/**
 * `type_name::get<T>(): TypeName`: a struct of one ASCII string, so a vector of bytes in memory. Addresses are written with all 64
 * digits and without `0x`, arguments without spaces.
 */
export function typeName(type: MoveType): HostFunction {
  const text = formatType(type, (address) => encodeHex(address).slice(2)).replaceAll(" ", "");
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
  return (frame) => {
    if (!frame.charge(HOST_GAS.TYPE_NAME)) return frame.leave(OUTCOME.OUT_OF_GAS);
    if (!writeByteVector(frame, frame.argI32(0), bytes)) return frame.leave(MOVE_TRAP.MEMORY);
    return HOST.CONTINUE;
  };
}
