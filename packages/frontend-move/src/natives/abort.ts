import type { Frame } from "@dragoman/core";
import { MOVE_FRAME } from "../lift/move-frame.ts";
import { MOVE_TRAP } from "../lift/outcome.ts";

/** Ends the frame as an abort with `code`: `return abortNative(frame, 7n)` in a native. */
export function abortNative(frame: Frame, code: bigint): number {
  frame.memory.view.setBigUint64(frame.address + MOVE_FRAME.ABORT_CODE, code, true);
  return frame.leave(MOVE_TRAP.ABORTED);
}
