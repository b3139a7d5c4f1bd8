import { FRAME, REGION } from "@dragoman/core";
import {
  CALL_DEPTH_MAX,
  hasStackGaps,
  type SbpfVersion,
  STACK_FRAME_BYTES,
} from "../isa/version.ts";

/** Guest addresses. */
export const STACK_START = 0x2_0000_0000n;
export const HEAP_START = 0x3_0000_0000n;
export const INPUT_START = 0x4_0000_0000n;
export const TEXT_START = 0x1_0000_0000n;
/** r10 of the entry function: the end of its frame. */
export const FRAME_POINTER_START = 0x2_0000_1000n;

/** Regions by number, as in the high half of a guest address. */
export const REGIONS = { RODATA_V3: 0, PROGRAM: 1, STACK: 2, HEAP: 3, INPUT: 4 } as const;

export const HEAP_BYTES_DEFAULT = 32 * 1024;
export const HEAP_BYTES_MAX = 256 * 1024;
export const RETURN_DATA_BYTES_MAX = 1024;

/** Frontend's part of the frame's header, offsets from the frame's address. */
export const HEADER = {
  /** r0 to r9 when the program begins, and when it has ended; i64 each. */
  REGISTERS: FRAME.HEADER,
  /** Host address of the highest frame that is zeroed and may be entered, i32. */
  STACK_LIMIT: FRAME.HEADER + 80,
  /** Guest address of the first free byte of the heap, as sol_alloc_free_ sees it, i64. */
  HEAP_NEXT: FRAME.HEADER + 88,
  /** Of heap, then input: length - size + 1, not below 0, for accesses of 1, 2, 4 and 8 bytes; i64 each. */
  LIMITS: FRAME.HEADER + 96,
} as const;

/** Offsets from the frame's address. */
const REGION_TABLE = FRAME.BODY;
const RETURN_DATA = REGION_TABLE + REGION.ENTRY * REGION.COUNT;
/** What the memory and hash syscalls of compiled code gather slices in. */
export const SCRATCH = RETURN_DATA + RETURN_DATA_BYTES_MAX;
export const SCRATCH_BYTES = 4096;
const STACK = SCRATCH + SCRATCH_BYTES;

export const BODY = { REGION_TABLE, RETURN_DATA, STACK } as const;

/** Bytes from one guest frame to the next. */
export const frameStep = (version: SbpfVersion): number =>
  STACK_FRAME_BYTES * (hasStackGaps(version) ? 2 : 1);

/** Bytes of the stack region, gaps included. */
export const stackBytes = (version: SbpfVersion): number => frameStep(version) * CALL_DEPTH_MAX;

/** Frames that are zeroed when a program begins; deeper ones when they are entered. */
export const STACK_FRAMES_READY = 4;

export const heapOffset = (version: SbpfVersion): number => STACK + stackBytes(version);
/** Read-only data stand behind the heap, the input behind them. */
export const rodataOffset = (version: SbpfVersion): number => heapOffset(version) + HEAP_BYTES_MAX;

const ALIGNMENT = 16;
export const alignUp = (value: number): number => Math.ceil(value / ALIGNMENT) * ALIGNMENT;

export const inputOffset = (version: SbpfVersion, rodataBytes: number): number =>
  alignUp(rodataOffset(version) + rodataBytes);
