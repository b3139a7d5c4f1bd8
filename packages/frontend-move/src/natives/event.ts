import { concatBytes } from "@dragoman/bytes";
import { type Frame, HOST, type HostFunction, OUTCOME } from "@dragoman/core";
import { toBytesLE } from "@dragoman/word";
import { bcsOf } from "../layout/bcs-encode.ts";
import { isInMemory, type MoveType } from "../layout/move-type.ts";
import { formatType, structTagBytes } from "../layout/type-tag.ts";
import { HOST_GAS } from "../lift/gas-schedule.ts";
import { readByteVector } from "./byte-vector.ts";

/**
 * An event whose value is argument `at`: a log with the account that defines the type, the BCS of its StructTag as topic
 * and the BCS of the value as data.
 */
export function emitEvent(type: MoveType, at: number): HostFunction {
  return emit(type, at, () => []);
}

/**
 * `write_to_event_store<T>(guid, count, T)`: as {@link emitEvent} with a second topic, the BCS of the handle's GUID and the event's number (u64,
 * little-endian).
 */
export function emitHandleEvent(type: MoveType): HostFunction {
  return emit(type, 2, (frame) => {
    const guid = readByteVector(frame, frame.argI32(0));
    return [concatBytes(guid, toBytesLE(frame.argI64(1), 8))];
  });
}

function emit(
  type: MoveType,
  at: number,
  more: (frame: Frame) => readonly Uint8Array[],
): HostFunction {
  const topic = type.name === undefined ? ascii(formatType(type)) : structTagBytes(type);
  const account = type.name?.address ?? new Uint8Array(32);
  return (frame) => {
    // A scalar stands in its slot as it would in memory; anything else is named by its address.
    const from = isInMemory(type) ? frame.argI32(at) : frame.slot(at);
    const data = bcsOf(frame.memory, type, from);
    const cost = HOST_GAS.EVENT + HOST_GAS.EVENT_BYTE * data.length;
    if (!frame.charge(cost)) return frame.leave(OUTCOME.OUT_OF_GAS);
    frame.journal.log({
      vm: "move",
      account,
      topics: [topic, ...more(frame)],
      data,
      durable: false,
    });
    return HOST.CONTINUE;
  };
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
