/**
 * Regioned guest memory: region = address >> 32, 0..7. One table per frame, at `FRAME.REGION_TABLE`, eight entries of
 * 32 bytes:
 *
 *    0  host address of offset 0, u32        4  reserved
 *    8  readable length in bytes, i64       16  writable length in bytes, i64 (0 = read-only)
 *   24  gap mask, i64: offset & mask must be 0, and (offset with the bits above the mask shifted down) is
 *       not applied: gaps stay in host memory. 0 = no gaps.
 *
 * An access of `size` bytes at `offset` is legal if `offset + size <= length` and, where the mask is not 0, if neither its
 * first nor its last byte has the mask's bit set (sBPF v0: 4 KiB frames with 4 KiB gaps, mask 0x1000) and both lie in
 * the same frame. Anything else traps ACCESS_VIOLATION.
 */
export const REGION = {
  ENTRY: 32,
  COUNT: 8,
  HOST: 0,
  READ_LENGTH: 8,
  WRITE_LENGTH: 16,
  GAP_MASK: 24,
} as const;

/** `guess` immediate of `region.*`: the region is not predicted. */
export const REGION_UNKNOWN = -1;
