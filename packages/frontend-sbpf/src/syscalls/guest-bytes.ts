import type { Frame } from "@dragoman/core";
import { argHigh, argLow, hostAddress } from "../runtime/guest-memory.ts";
import { answer, failAccess } from "./answer.ts";

/** A copy of `size` guest bytes; undefined: they cannot be read, and the frame has ended: answer `HOST.LEAVE`. */
export function readBytes(
  frame: Frame,
  address: number,
  size: number,
): Uint8Array<ArrayBuffer> | undefined {
  const host = hostAddress(frame, address, size, false);
  if (host >= 0) return new Uint8Array(frame.memory.slice(host, size));
  failAccess(frame, address, size, false);
  return undefined;
}

/** True if `size` guest bytes can be written; false: they cannot, and the frame has ended. */
export function canWrite(frame: Frame, address: number, size: number): boolean {
  if (hostAddress(frame, address, size, true) >= 0) return true;
  failAccess(frame, address, size, true);
  return false;
}

/** Writes the result of a syscall, which then answers 0. */
export function answerBytes(frame: Frame, address: number, bytes: Uint8Array): number {
  const host = hostAddress(frame, address, bytes.length, true);
  if (host < 0) return failAccess(frame, address, bytes.length, true);
  frame.memory.u8.set(bytes, host);
  return answer(frame, 0);
}

/** Argument `index` where it chooses among few: -1 if it is larger than any choice. */
export const argChoice = (frame: Frame, index: number): number =>
  argHigh(frame, index) === 0 ? argLow(frame, index) : -1;
