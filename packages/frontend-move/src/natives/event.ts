import { HOST, type HostFunction, OUTCOME } from "@dragoman/core";
import { bcsOf } from "../layout/bcs-encode.ts";
import { isInMemory, type MoveType } from "../layout/move-type.ts";
import { formatType, structTagBytes } from "../layout/type-tag.ts";
import { HOST_GAS } from "../lift/gas-schedule.ts";

/**
 * An event whose value is argument `at`: a log with the account that defines the type, the BCS of its StructTag as topic
 * and the BCS of the value as data.
 */
export function emitEvent(type: MoveType, at: number): HostFunction {
  const topic = type.name === undefined ? ascii(formatType(type)) : structTagBytes(type);
  const account = type.name?.address ?? new Uint8Array(32);
  return (frame) => {
    // A scalar stands in its slot as it would in memory; anything else is named by its address.
    const from = isInMemory(type) ? frame.argI32(at) : frame.slot(at);
    const data = bcsOf(frame.memory, type, from);
    const cost = HOST_GAS.EVENT + HOST_GAS.EVENT_BYTE * data.length;
    if (!frame.charge(cost)) return frame.leave(OUTCOME.OUT_OF_GAS);
    frame.journal.log({ vm: "move", account, topics: [topic], data, durable: false });
    return HOST.CONTINUE;
  };
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
