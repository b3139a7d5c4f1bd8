import { FRAME, type MemoryRegion } from "@dragoman/core";
import { MOVE_FRAME } from "./move-frame.ts";

/**
 * What the code of a Move program may touch: the frame's own header, the counts of active modules, the stack up to the end of the running activation (arguments
 * and results of the message are its beginning), and the heap up to its top, where elements, resources and constants lie. What
 * a function that has returned left on the stack is outside, and so are the core's cells: the journal is reached by hosts only.
 */
export const MOVE_REGIONS: readonly MemoryRegion[] = [
  { name: "header", start: FRAME.HEADER, end: MOVE_FRAME.HEADER_END },
  { name: "active modules", start: MOVE_FRAME.ACTIVE, end: MOVE_FRAME.STACK },
  { name: "stack", start: MOVE_FRAME.STACK, endAt: MOVE_FRAME.STACK_END },
  { name: "heap", start: MOVE_FRAME.HEAP, endAt: MOVE_FRAME.HEAP_TOP },
];
