import { type HostFunction, OUTCOME } from "@dragoman/core";
import { VECTOR } from "../layout/move-type.ts";
import { HOST_GAS } from "./gas-schedule.ts";
import { MOVE_FRAME } from "./move-frame.ts";
import { MOVE_TRAP } from "./outcome.ts";

/** Bytes that an abort message may have (Aptos). */
const MESSAGE_SIZE_MAX = 1024;

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** (address of a vector<u8>) -> ends the frame: ABORTED with the message, or why it is none. The abort code is noted already. */
export const abortWithMessage: HostFunction = (frame) => {
  const { memory } = frame;
  const vector = frame.argI32(0) >>> 0;
  const at = memory.view.getUint32(vector + VECTOR.POINTER, true);
  const length = memory.view.getUint32(vector + VECTOR.LENGTH, true);
  if (length > MESSAGE_SIZE_MAX) return frame.leave(MOVE_TRAP.ABORT_MESSAGE_SIZE);
  const cost = HOST_GAS.ABORT_MESSAGE + HOST_GAS.ABORT_MESSAGE_BYTE * length;
  if (!frame.charge(cost)) return frame.leave(OUTCOME.OUT_OF_GAS);
  if (textOf(memory.u8.subarray(at, at + length)) === undefined) {
    return frame.leave(MOVE_TRAP.ABORT_MESSAGE_FORM);
  }
  memory.view.setUint32(frame.address + MOVE_FRAME.ABORT_MESSAGE, at, true);
  memory.view.setUint32(frame.address + MOVE_FRAME.ABORT_MESSAGE_LENGTH, length, true);
  return frame.leave(MOVE_TRAP.ABORTED);
};

/** The text that UTF-8 bytes are, undefined for other bytes. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}
