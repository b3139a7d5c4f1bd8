import { type Frame, REGION } from "@dragoman/core";
import { CALL_DEPTH_MAX } from "../isa/version.ts";
import type { SbpfProgram } from "../program.ts";
import { growStack } from "./frame-memory.ts";
import { hasFeature, type Invocation } from "./invocation.ts";
import { BODY, REGIONS, stackBytes } from "./layout.ts";

const U32 = 4294967296;

/** Argument `index` of a host call as low and high half. */
export const argLow = (frame: Frame, index: number): number =>
  frame.memory.u32[frame.slot(index) >>> 2];
export const argHigh = (frame: Frame, index: number): number =>
  frame.memory.u32[(frame.slot(index) >>> 2) + 1];

/** Argument `index` as a number; what does not fit 53 bits becomes larger than any length. */
export const argNumber = (frame: Frame, index: number): number =>
  argLow(frame, index) + argHigh(frame, index) * U32;

/** Numbers above 2^53 that are told apart from addresses by their size alone. */
export const numberAt = (frame: Frame, host: number): number => {
  const { u32 } = frame.memory;
  const { view } = frame.memory;
  if ((host & 3) === 0) return u32[host >>> 2] + u32[(host >>> 2) + 1] * U32;
  return view.getUint32(host, true) + view.getUint32(host + 4, true) * U32;
};

/**
 * Host address of `size` guest bytes at guest address `address` (a number below 2^53, which no legal address exceeds), or -1 if
 * they cannot be read or written. An empty range is legal anywhere, as `translate_slice` has it: its address is 0.
 */
export function hostAddress(frame: Frame, address: number, size: number, write: boolean): number {
  if (size === 0) return 0;
  const region = Math.floor(address / U32);
  if (region >= REGION.COUNT) return -1;
  const offset = address - region * U32;
  const { u32 } = frame.memory;
  const entry = (frame.address + BODY.REGION_TABLE + region * REGION.ENTRY) >>> 2;
  const length = u32[entry + (write ? REGION.WRITE_LENGTH : REGION.READ_LENGTH) / 4];
  if (offset + size > length) {
    if (region !== REGIONS.STACK || !openWholeStack(frame, length)) return -1;
    return hostAddress(frame, address, size, write);
  }
  if (region === REGIONS.INPUT && !isInParts(frame, offset, size, write)) return -1;
  const mask = u32[entry + REGION.GAP_MASK / 4];
  if (mask !== 0) {
    const last = offset + size - 1;
    if ((offset & mask) !== 0 || Math.floor(last / mask) !== Math.floor(offset / mask)) return -1;
  }
  return u32[entry] + offset;
}

/** Compiled code opens the stack as it calls; a syscall may reach further. False: it was open already, `length` bytes. */
function openWholeStack(frame: Frame, length: number): boolean {
  const { version } = (frame.program as SbpfProgram).image;
  if (length >= stackBytes(version)) return false;
  growStack(frame, version, CALL_DEPTH_MAX);
  return true;
}

/** Whether one part of the input holds the range, if it has parts. */
function isInParts(frame: Frame, offset: number, size: number, write: boolean): boolean {
  const parts = (frame.context as Invocation).inputParts;
  if (parts === undefined) return true;
  const part = parts.find(({ end }) => offset < end);
  return part !== undefined && offset + size <= part.end && (part.isWritable || !write);
}

/** {@link hostAddress} of a range that may go over several parts of the input, as the memory syscalls have it under direct mapping. */
export function hostSpan(frame: Frame, address: number, size: number, write: boolean): number {
  const invocation = frame.context as Invocation;
  const parts = invocation.inputParts;
  const isInput = Math.floor(address / U32) === REGIONS.INPUT;
  const spans = parts !== undefined && isInput && size > 0;
  if (!spans || !hasFeature(invocation.transaction, "bpfAccountDataDirectMapping")) {
    return hostAddress(frame, address, size, write);
  }
  const [from, to] = [address % U32, (address % U32) + size];
  let start = 0;
  for (const { end, isWritable } of parts) {
    if (start < to && from < end && write && !isWritable) return -1;
    start = end;
  }
  if (to > start) return -1;
  return hostAddress(frame, address - from, 1, false) + from;
}
