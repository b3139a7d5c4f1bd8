import { FRAME, type Frame, HOST, type HostFunction, REGION } from "@dragoman/core";
import {
  CALL_DEPTH_MAX,
  rodataRegion,
  type SbpfVersion,
  STACK_FRAME_BYTES,
} from "../isa/version.ts";
import type { SbpfProgram } from "../program.ts";
import { isRodataKept, noteFrame } from "./kept-rodata.ts";
import {
  BODY,
  frameStep,
  HEADER,
  HEAP_START,
  heapOffset,
  inputOffset,
  REGIONS,
  rodataOffset,
  STACK_FRAMES_READY,
  stackBytes,
} from "./layout.ts";

/** What a program's frames have in common. */
export interface MemoryImage {
  readonly version: SbpfVersion;
  readonly rodata: Uint8Array;
}

const GAP_MASK = 0x1000;

/**
 * Lays out stack, heap, read-only data and the region table of `frame`, zeroes what the program may see, and returns the
 * address where the input belongs. {@link setInput} must follow.
 */
export function layOutMemory(frame: Frame, image: MemoryImage, heapBytes: number): number {
  const { version, rodata } = image;
  const { memory, address } = frame;
  const input = address + inputOffset(version, rodata.length);
  const { u8, i32, u64 } = memory;
  u8.fill(
    0,
    address + BODY.REGION_TABLE,
    address + BODY.REGION_TABLE + REGION.ENTRY * REGION.COUNT,
  );
  i32[(address + FRAME.REGION_TABLE) >>> 2] = address + BODY.REGION_TABLE;
  const step = frameStep(version);
  const ready = STACK_FRAMES_READY * step;
  zeroStack(frame, version, 0, STACK_FRAMES_READY);
  setRegion(frame, REGIONS.STACK, address + BODY.STACK, ready, ready, version === 0 ? GAP_MASK : 0);
  i32[(address + HEADER.STACK_LIMIT) >>> 2] = address + BODY.STACK + ready - step;
  const heap = address + heapOffset(version);
  u8.fill(0, heap, heap + heapBytes);
  setRegion(frame, REGIONS.HEAP, heap, heapBytes, heapBytes, 0);
  setLimits(frame, 0, heapBytes);
  u64[(address + HEADER.HEAP_NEXT) >>> 3] = HEAP_START;
  const data = address + rodataOffset(version);
  if (!isRodataKept(frame, data, rodata)) u8.set(rodata, data);
  setRegion(frame, rodataRegion(version), data, rodata.length, 0, 0);
  return input;
}

/** Declares `length` bytes at `address` the input region and ends the frame behind them. */
export function setInput(frame: Frame, address: number, length: number, isWritable = true): void {
  setRegion(frame, REGIONS.INPUT, address, length, isWritable ? length : 0, 0);
  setLimits(frame, 1, isWritable ? length : 0);
  frame.end = address + length;
  const { version, rodata } = (frame.program as SbpfProgram).image;
  noteFrame(frame, frame.end, frame.address + rodataOffset(version), rodata);
}

/** Limits of accesses by size, see `HEADER.LIMITS`; `index` 0 = heap, 1 = input. */
function setLimits(frame: Frame, index: number, length: number): void {
  const { u32 } = frame.memory;
  for (let log = 0; log < 4; log++) {
    const at = (frame.address + HEADER.LIMITS + (index * 4 + log) * 8) >>> 2;
    u32[at] = Math.max(0, length - (1 << log) + 1);
    u32[at + 1] = 0;
  }
}

function setRegion(
  frame: Frame,
  region: number,
  host: number,
  readBytes: number,
  writeBytes: number,
  gapMask: number,
): void {
  const { u32 } = frame.memory;
  const at = (frame.address + BODY.REGION_TABLE + region * REGION.ENTRY) >>> 2;
  u32[at] = host;
  u32[at + REGION.READ_LENGTH / 4] = readBytes;
  u32[at + REGION.WRITE_LENGTH / 4] = writeBytes;
  u32[at + REGION.GAP_MASK / 4] = gapMask;
}

/** Zeroes guest frames [from, to); gaps cannot be seen and stay as they are. */
function zeroStack(frame: Frame, version: SbpfVersion, from: number, to: number): void {
  const { u8 } = frame.memory;
  const stack = frame.address + BODY.STACK;
  const step = frameStep(version);
  if (step === STACK_FRAME_BYTES) {
    u8.fill(0, stack + from * step, stack + to * step);
    return;
  }
  for (let index = from; index < to; index++) {
    u8.fill(0, stack + index * step, stack + index * step + STACK_FRAME_BYTES);
  }
}

/** Makes `frames` guest frames usable. */
export function growStack(frame: Frame, version: SbpfVersion, frames: number): void {
  const step = frameStep(version);
  const limit = (frame.address + HEADER.STACK_LIMIT) >>> 2;
  const ready = (frame.memory.i32[limit] - frame.address - BODY.STACK) / step + 1;
  if (frames <= ready) return;
  zeroStack(frame, version, ready, frames);
  setRegion(
    frame,
    REGIONS.STACK,
    frame.address + BODY.STACK,
    frames * step,
    frames * step,
    version === 0 ? GAP_MASK : 0,
  );
  frame.memory.i32[limit] = frame.address + BODY.STACK + (frames - 1) * step;
}

/** Host function OPEN_STACK: the whole stack, as the exact run needs it from the start. */
export const openStack =
  (version: SbpfVersion): HostFunction =>
  (frame) => {
    growStack(frame, version, stackBytes(version) / frameStep(version));
    return HOST.CONTINUE;
  };

/** Host function GROW_STACK: host address of a guest frame -> 1 if the frame may be entered. */
export const growStackTo =
  (version: SbpfVersion): HostFunction =>
  (frame) => {
    const step = frameStep(version);
    const depth = (frame.argI32(0) - frame.address - BODY.STACK) / step;
    if (depth >= CALL_DEPTH_MAX) {
      frame.resultI32(0, 0);
      return HOST.CONTINUE;
    }
    growStack(frame, version, Math.min(CALL_DEPTH_MAX, (depth + 1) * 2));
    frame.resultI32(0, 1);
    return HOST.CONTINUE;
  };
