/**
 * Layout of a frame in linear memory, relative to its address (the IR operation `frame`).
 *
 *     0    gas remaining, i64 (valid whenever control is outside generated code)
 *     8    output address, u32 (absolute)          12   output length, u32
 *    16    exit outcome, u32                        20   source position of the trap, i32
 *    24    address of the region table, u32         28   reserved
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
  HEADER: 64,
  SCRATCH: 1024,
  SLOT: 32,
  BODY: 2048,
} as const;

/** Words of an operand stack. */
export const OPERAND_STACK_WORDS = 1024;
export const OPERAND_STACK_BYTES = OPERAND_STACK_WORDS * 32;

/** Where the cells of the running journal lie (see journal/cell-layout.ts); below are the kernel's constants and tables. */
export const CELL_AREA = 1 << 20;

/** Where the first frame may start. */
export const ARENA_START = 12 << 20;
