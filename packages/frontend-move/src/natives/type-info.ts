import { HOST, type HostFunction, OUTCOME } from "@dragoman/core";
import { MoveFault } from "../format/index.ts";
import type { MoveType } from "../layout/move-type.ts";
import { formatType } from "../layout/type-tag.ts";
import { HOST_GAS } from "../lift/gas-schedule.ts";
import { MOVE_TRAP } from "../lift/outcome.ts";
import { abortNative } from "./abort.ts";
import { writeByteVector } from "./byte-vector.ts";

const KINDS = "address,vector,vector";

/** `type_info::type_of<T>(): TypeInfo`: where a struct is declared and its name with type arguments. Aborts with 0 for other types. */
export function typeInfo(type: MoveType, result: MoveType): HostFunction {
  const [account, module, struct] = result.fields;
  if (result.fields.map((field) => field.type.kind).join() !== KINDS) {
    throw new MoveFault("TYPE_MISMATCH", {}, "TypeInfo is no struct of an address and two texts");
  }
  const { name } = type;
  if (name === undefined) return (frame) => abortNative(frame, 0n);
  const path = formatType(type);
  const structName = path.slice(path.indexOf(`::${name.name}`, path.indexOf("::") + 2) + 2);
  return (frame) => {
    if (!frame.charge(HOST_GAS.TYPE_NAME)) return frame.leave(OUTCOME.OUT_OF_GAS);
    const target = frame.argI32(0);
    frame.memory.u8.set(name.address, target + account.offset);
    const written =
      writeByteVector(frame, target + module.offset, ascii(name.module)) &&
      writeByteVector(frame, target + struct.offset, ascii(structName));
    return written ? HOST.CONTINUE : frame.leave(MOVE_TRAP.MEMORY);
  };
}

/** Names of the binary format are ASCII. */
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
