import { FRAME } from "../host/frame-layout.ts";
import type { LinearMemory } from "../host/linear-memory.ts";
import { REGION } from "../host/region.ts";

/** Linear address of `size` guest bytes at `address`, or -1 if the access is illegal (rules: host/region.ts). */
export function translate(
  memory: LinearMemory,
  frame: number,
  address: bigint,
  size: bigint,
  write: boolean,
): number {
  const region = address >> 32n;
  if (region >= BigInt(REGION.COUNT)) return -1;
  const { view } = memory;
  const entry = view.getUint32(frame + FRAME.REGION_TABLE, true) + Number(region) * REGION.ENTRY;
  const offset = address & 0xffffffffn;
  const length = view.getBigUint64(
    entry + (write ? REGION.WRITE_LENGTH : REGION.READ_LENGTH),
    true,
  );
  if (offset + size > length) return -1;
  const mask = view.getBigUint64(entry + REGION.GAP_MASK, true);
  if (mask !== 0n && size > 0n) {
    const last = offset + size - 1n;
    if ((offset & mask) !== 0n || (last & mask) !== 0n || last / mask !== offset / mask) return -1;
  }
  return view.getUint32(entry + REGION.HOST, true) + Number(offset);
}
