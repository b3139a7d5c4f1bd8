import { encodeHex } from "@dragoman/bytes";
import { HOST, type HostFunction, OUTCOME } from "@dragoman/core";
import { MoveFault } from "../format/index.ts";
import type { MoveType } from "../layout/move-type.ts";
import { formatType } from "../layout/type-tag.ts";
import { HOST_GAS } from "../lift/gas-schedule.ts";
import { MOVE_TRAP } from "../lift/outcome.ts";
import { writeByteVector } from "./byte-vector.ts";

/**
 * `type_name::get<T>(): TypeName`: a struct of one ASCII string, so a vector of bytes in memory. Addresses are written with all 64
 * digits and without `0x`, arguments without spaces.
 */
export function typeName(type: MoveType, result: MoveType): HostFunction {
  const text = formatType(type, (address) => encodeHex(address).slice(2)).replaceAll(" ", "");
  return writeName(text, result.fields[0]?.type, result);
}

/** `type_info::type_name<T>(): String`: `0x1::option::Option<u64>`. */
export function typeNameShort(type: MoveType, result: MoveType): HostFunction {
  return writeName(formatType(type), result, result);
}

/** Writes the text as the one string of the result. */
function writeName(text: string, string: MoveType | undefined, result: MoveType): HostFunction {
  // The module that declares the struct may be anybody's.
  const bytes = string?.fields[0]?.type;
  if (bytes?.element?.kind !== "u8" || result.size !== bytes.size) {
    throw new MoveFault("TYPE_MISMATCH", {}, "the name's type is no struct of one string");
  }
  const name = Uint8Array.from(text, (char) => char.charCodeAt(0));
  return (frame) => {
    if (!frame.charge(HOST_GAS.TYPE_NAME)) return frame.leave(OUTCOME.OUT_OF_GAS);
    if (!writeByteVector(frame, frame.argI32(0), name)) return frame.leave(MOVE_TRAP.MEMORY);
    return HOST.CONTINUE;
  };
}
