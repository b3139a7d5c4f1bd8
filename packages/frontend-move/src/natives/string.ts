import { type Frame, HOST, type HostFunction, OUTCOME } from "@dragoman/core";
import { HOST_GAS } from "../lift/gas-schedule.ts";
import { MOVE_TRAP } from "../lift/outcome.ts";
import { readByteVector, writeByteVector } from "./byte-vector.ts";

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** A byte becomes one character, so that places in the text are places in the bytes. */
const LATIN = new TextDecoder("windows-1252");

function pay(frame: Frame, bytes: number): boolean {
  return frame.charge(HOST_GAS.STRING + HOST_GAS.STRING_BYTE * bytes);
}

/** `internal_check_utf8(&vector<u8>): bool`. */
export const isUtf8: HostFunction = (frame) => {
  const bytes = readByteVector(frame, frame.argI32(0));
  if (!pay(frame, bytes.length)) return frame.leave(OUTCOME.OUT_OF_GAS);
  let valid = 1;
  try {
    UTF8.decode(bytes);
  } catch {
    valid = 0;
  }
  frame.resultI32(0, valid);
  return HOST.CONTINUE;
};

/** Whether a character begins at byte `at`, or the text ends there. */
function isBoundary(bytes: Uint8Array, at: bigint): boolean {
  const length = BigInt(bytes.length);
  if (at >= length) return at === length;
  return (bytes[Number(at)] & 0xc0) !== 0x80;
}

/** `internal_is_char_boundary(&vector<u8>, u64): bool`. */
export const isCharBoundary: HostFunction = (frame) => {
  const bytes = readByteVector(frame, frame.argI32(0));
  if (!pay(frame, 0)) return frame.leave(OUTCOME.OUT_OF_GAS);
  frame.resultI32(0, isBoundary(bytes, frame.argI64(1)) ? 1 : 0);
  return HOST.CONTINUE;
};

/** `internal_sub_string(&vector<u8>, u64, u64): vector<u8>`; its callers have checked the range. */
export const subString: HostFunction = (frame) => {
  const bytes = readByteVector(frame, frame.argI32(0));
  const clamp = (at: bigint): number => Number(at < bytes.length ? at : bytes.length);
  const part = bytes.slice(clamp(frame.argI64(1)), clamp(frame.argI64(2)));
  if (!pay(frame, part.length)) return frame.leave(OUTCOME.OUT_OF_GAS);
  if (!writeByteVector(frame, frame.argI32(3), part)) return frame.leave(MOVE_TRAP.MEMORY);
  return HOST.CONTINUE;
};

/** `internal_index_of(&vector<u8>, &vector<u8>): u64`: the length of the text where it is not found. */
export const indexOf: HostFunction = (frame) => {
  const text = readByteVector(frame, frame.argI32(0));
  const wanted = readByteVector(frame, frame.argI32(1));
  if (!pay(frame, text.length)) return frame.leave(OUTCOME.OUT_OF_GAS);
  const at = LATIN.decode(text).indexOf(LATIN.decode(wanted));
  frame.resultI64(0, BigInt(at < 0 ? text.length : at));
  return HOST.CONTINUE;
};
