import { type Frame, HOST, type HostFunction } from "@dragoman/core";
import { HEAP_MAX, MOVE_FRAME } from "./move-frame.ts";
import { MOVE_TRAP } from "./outcome.ts";

const PAGE = 1 << 16;

/** Makes the heap of the frame usable up to `end`; false if it would be too large. */
function ensureHeap(frame: Frame, end: number): boolean {
  const start = frame.address + MOVE_FRAME.HEAP;
  if (end - start > HEAP_MAX) return false;
  const current = frame.memory.view.getUint32(frame.address + MOVE_FRAME.HEAP_LIMIT, true);
  const wanted = Math.max(end, Math.min(start + HEAP_MAX, current + (current - start)));
  const limit = Math.ceil(wanted / PAGE) * PAGE;
  if (!frame.memory.ensure(limit)) return false;
  frame.memory.view.setUint32(frame.address + MOVE_FRAME.HEAP_LIMIT, limit, true);
  frame.end = limit;
  return true;
}

/** Host function behind the routine `allocate`: (new top of the heap) -> nothing. */
export const growHeap: HostFunction = (frame) =>
  ensureHeap(frame, frame.argI32(0) >>> 0) ? HOST.CONTINUE : frame.leave(MOVE_TRAP.MEMORY);

/** Takes `size` bytes from the frame's heap: an address that is a multiple of 8, or -1. */
export function takeHeap(frame: Frame, size: number): number {
  const at = frame.address + MOVE_FRAME.HEAP_TOP;
  const top = frame.memory.view.getUint32(at, true);
  const end = top + Math.ceil(size / 8) * 8;
  const limit = frame.memory.view.getUint32(frame.address + MOVE_FRAME.HEAP_LIMIT, true);
  if (end > limit && !ensureHeap(frame, end)) return -1;
  frame.memory.view.setUint32(at, end, true);
  return top;
}
