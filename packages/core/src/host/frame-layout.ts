/**
 * Layout of a frame in linear memory, relative to its address (the IR operation `frame`).
 *
 *     0    gas remaining, i64 (valid whenever control is outside generated code)
 *     8    output address, u32 (absolute)          12   output length, u32
 *    16    exit outcome, u32                        20   source position of the trap, i32
 *    24    address of the region table, u32         28   top of the operand stack in compiled code
 *    32    serial number of the activation, u32
 *    36    address of the caller's frame, u32; 40 entry of the program; 44 undo entries, 48 log entries, 52 bytes of the log buffer
 *          when the frame began: of frames that compiled code opened
 *    64    header of the frontend, 960 bytes
 *  1024    scratch: arguments and results of host calls, 32 slots of 32 bytes, little-endian
 *  2048    what the frontend lays out up to `IrModule.frameSize`: operand stack, guest memory behind it
 *
 * A callee's frame starts where its caller's `end` is, so a call copies nothing.
 */
export const FRAME = {
  GAS: 0,
  OUTPUT_ADDRESS: 8,
  OUTPUT_LENGTH: 12,
  OUTCOME: 16,
  TRAP_POSITION: 20,
  REGION_TABLE: 24,
  SERIAL: 32,
  PARENT: 36,
  ENTRY: 40,
  UNDO: 44,
  LOGS: 48,
  LOG_BYTES: 52,
  HEADER: 64,
  SCRATCH: 1024,
  SLOT: 32,
  BODY: 2048,
} as const;

/** Words of an operand stack. */
export const OPERAND_STACK_WORDS = 1024;
export const OPERAND_STACK_BYTES = OPERAND_STACK_WORDS * 32;

/** What compiled code and the engine note of running frames, in bytes of linear memory; `packages/core/kernel/frames.ts` must agree. */
export const FRAMES = {
  /** Frames that were opened so far, modulo 2^32. */
  SERIAL: 0xff000,
  /** Bytes of native stack that running compiled frames are taken to use, and how many compiled code may use without asking the engine. */
  STACK_USED: 0xff004,
  STACK_LIMIT: 0xff008,
  /** Address of the innermost compiled frame. */
  CURRENT: 0xff00c,
} as const;

/** Where the cells of the running journal lie (see journal/cell-layout.ts); below are the kernel's constants and tables. */
export const CELL_AREA = 1 << 20;

/** Where the first frame may start. */
export const ARENA_START = 12 << 20;
