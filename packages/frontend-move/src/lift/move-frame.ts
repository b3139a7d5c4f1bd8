import { FRAME } from "@dragoman/core";
import { MODULES_MAX } from "../load/modules-max.ts";

/** Activations that may be on the call stack beside the running one, and values on the operand stack. */
export const CALL_DEPTH_MAX = 1024;
export const OPERANDS_MAX = 1024;

/** Bytes of locals and temporaries up to which a function need not check the room on the stack. */
export const SMALL_FRAME = 4096;
const SMALL_FRAMES = (CALL_DEPTH_MAX + 2) * SMALL_FRAME;

/** Bytes of the counters of active modules; scripts have the one behind the modules. */
export const ACTIVE_SIZE = 4 * (MODULES_MAX + 2);
const STACK = FRAME.BODY + ACTIVE_SIZE;

/**
 * A frame of a Move program in linear memory, relative to the core's frame. Header:
 *
 *     64   top of the heap, u32 absolute        68   first byte that the heap may not use yet, u32
 *     72   abort code, u64                       80   address and length of the abort message, u32 each
 *     88   functions with a module lock that run, u32
 *     92   end of the running activation's part of the stack, u32 absolute: of programs under assertion
 *
 * Then how often each module of the linkage is active, u32 each, where closures can enter one again. Then the stack: arguments and results of the message, locals and temporaries of each activation. Then the heap, which
 * only grows: elements of vectors and resources. It is given up with the frame.
 */
export const MOVE_FRAME = {
  HEAP_TOP: FRAME.HEADER,
  HEAP_LIMIT: FRAME.HEADER + 4,
  ABORT_CODE: FRAME.HEADER + 8,
  ABORT_MESSAGE: FRAME.HEADER + 16,
  ABORT_MESSAGE_LENGTH: FRAME.HEADER + 20,
  LOCKS: FRAME.HEADER + 24,
  STACK_END: FRAME.HEADER + 28,
  HEADER_END: FRAME.HEADER + 32,
  ACTIVE: FRAME.BODY,
  STACK,
  /** A large frame must end below this. */
  STACK_LARGE_END: STACK + SMALL_FRAMES,
  HEAP: STACK + 2 * SMALL_FRAMES,
} as const;

/** Room that the heap has from the start. */
export const HEAP_INITIAL = 1 << 16;
/** Bytes that the heap of one frame may have. */
export const HEAP_MAX = 1 << 29;
/** `IrModule.frameSize` of every Move program. */
export const MOVE_FRAME_SIZE = MOVE_FRAME.HEAP + HEAP_INITIAL;

/**
 * The first argument of every lifted function: depth of calls in the high half, operands below this activation in the low
 * half, both biased so that bit 15 of a half says that the limit is passed.
 */
const BIAS = 0x7fff;
export const STATE_START = ((BIAS - CALL_DEPTH_MAX) << 16) | (BIAS - OPERANDS_MAX);
export const STATE_CALL = 1 << 16;
export const STATE_OVER = 0x8000_8000 | 0;

/** Source positions: the function's number in its program above, the instruction below. */
export const positionOf = (unit: number, pc: number): number => (unit << 16) | pc;
export const positionUnit = (position: number): number => position >>> 16;
export const positionPc = (position: number): number => position & 0xffff;
/** Units of one program; the number must stay positive in a position. */
export const UNITS_MAX = 0x7fff;
