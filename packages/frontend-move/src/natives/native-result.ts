import { type Frame, HOST, type HostFunction, OUTCOME } from "@dragoman/core";
import { MoveFault } from "../format/index.ts";
import { decodeValue } from "../layout/bcs-decode.ts";
import type { MoveType } from "../layout/move-type.ts";
import { takeHeap } from "../lift/heap.ts";
import { MOVE_TRAP, outcomeOfStatus } from "../lift/outcome.ts";
import { readByteVector, writeByteVector } from "./byte-vector.ts";

/** Ends a native that could not be paid for. */
export const unpaid = (frame: Frame): number => frame.leave(OUTCOME.OUT_OF_GAS);

/** Ends a native whose result is the bytes, for the address in argument `index`. */
export const giveBytes = (frame: Frame, index: number, bytes: Uint8Array): number =>
  writeByteVector(frame, frame.argI32(index), bytes)
    ? HOST.CONTINUE
    : frame.leave(MOVE_TRAP.MEMORY);

/** Ends a native whose only result is a bool. */
export function giveBool(frame: Frame, value: boolean): number {
  frame.resultI32(0, value ? 1 : 0);
  return HOST.CONTINUE;
}

/** Ends a native whose only result is a number of at most 64 bits. */
export function giveNumber(frame: Frame, value: bigint): number {
  frame.resultI64(0, value);
  return HOST.CONTINUE;
}

/** Ends a native whose result is a value in memory, given in BCS, for the address in argument `index`. */
export function giveValue(frame: Frame, type: MoveType, index: number, bcs: Uint8Array): number {
  const target = frame.argI32(index);
  const allocate = (size: number): number => takeHeap(frame, size);
  const { memory } = frame;
  decodeValue({ bytes: bcs, at: 0 }, type, target, { memory, allocate });
  return HOST.CONTINUE;
}

/** A copy of the `vector<u8>` in argument `index`. */
export const bytesArgument = (frame: Frame, index: number): Uint8Array =>
  readByteVector(frame, frame.argI32(index)).slice();

/** Runs a native that refuses what no module of the framework does: numbers of elements that were never given out. */
export function attempt(frame: Frame, run: HostFunction): number {
  try {
    return run(frame);
  } catch (error) {
    if (!(error instanceof MoveFault)) throw error;
    return frame.leave(outcomeOfStatus(error.status));
  }
}
