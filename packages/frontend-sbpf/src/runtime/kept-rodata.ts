import { FRAMES, type Frame, type LinearMemory } from "@dragoman/core";

/** Read-only data where a frame left them. */
interface Placed {
  readonly start: number;
  readonly rodata: Uint8Array;
}

/** What lies in a memory. */
interface Kept {
  /** Number of the newest frame of the memory that was noted. */
  serial: number;
  placed: Placed[];
}

const memories = new WeakMap<LinearMemory, Kept>();

/** Notes that a frame begins; forgets everything if one began since the last that was noted: nobody knows what it wrote. */
function noted(frame: Frame): Kept {
  const serial = frame.memory.i32[FRAMES.SERIAL >>> 2];
  let kept = memories.get(frame.memory);
  if (kept === undefined) {
    kept = { serial, placed: [] };
    memories.set(frame.memory, kept);
  }
  if (serial !== kept.serial && serial !== ((kept.serial + 1) | 0)) kept.placed = [];
  kept.serial = serial;
  return kept;
}

/** Whether a program's read-only data lie at `start` still, where nobody can write them; to be asked before `frame` is laid out. */
export function isRodataKept(frame: Frame, start: number, rodata: Uint8Array): boolean {
  for (const placed of noted(frame).placed) {
    if (placed.start === start && placed.rodata === rodata) return true;
  }
  return false;
}

/** Notes that `frame` has the memory from its address to `end`, with read-only data of its program at `start` if it has a program. */
export function noteFrame(frame: Frame, end: number, start?: number, rodata?: Uint8Array): void {
  const kept = noted(frame);
  const { address } = frame;
  const { placed } = kept;
  const isOwn = (other: Placed): boolean => other.start === start && other.rodata === rodata;
  const isOver = (other: Placed): boolean =>
    other.start < end && address < other.start + other.rodata.length && !isOwn(other);
  if (placed.some(isOver)) kept.placed = placed.filter((other) => !isOver(other));
  if (start === undefined || rodata === undefined || kept.placed.some(isOwn)) return;
  if (kept.placed.length === PLACED_MAX) kept.placed.shift();
  kept.placed.push({ start, rodata });
}

const PLACED_MAX = 64;
