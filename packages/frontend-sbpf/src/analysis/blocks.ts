import type { Text } from "../isa/decode.ts";
import { type CallTargets, isFaultingTarget } from "./calls.ts";

/** How control leaves a block. */
export const END = {
  /** Into the next block. */
  FALL: 0,
  /** `ja`. */
  JUMP: 1,
  /** To the target or into the next block. */
  BRANCH: 2,
  EXIT: 3,
  /** A call that never comes back, or an instruction that always faults. */
  DEAD: 4,
  /** Off the end of the code. */
  OVERRUN: 5,
} as const;

/** Basic blocks in order of address. Every slot lies in exactly one. */
export interface Blocks {
  readonly count: number;
  /** First slot of each block; entry `count` is the number of slots. */
  readonly start: Int32Array;
  /** Block of each slot. */
  readonly of: Int32Array;
  readonly end: Uint8Array;
  /** Block of the jump's target; -1 = none. */
  readonly target: Int32Array;
}

const LDDW = 0x18;
const CALL = 0x85;
const CALLX = 0x8d;
const EXIT = 0x95;

/** True if the opcode is a jump of this version (JA and all conditions). */
export function isJump(version: number, op: number): boolean {
  const kind = op & 7;
  if (kind !== 5 && !(kind === 6 && version === 3)) return false;
  return op !== CALL && op !== CALLX && op !== EXIT;
}

/**
 * Splits code into blocks. `entries[pc] = 1` where something beside jumps may begin. `stops(pc)`: control never goes on behind
 * the call at `pc`.
 */
export function splitBlocks(
  text: Text,
  entries: Uint8Array,
  calls: CallTargets,
  noReturn: (target: number) => boolean,
): Blocks {
  const { count, op, off, control } = text;
  const leaders = new Uint8Array(count + 1);
  leaders.set(entries);
  leaders[0] = 1;
  for (let i = 0; i < control.length; i++) {
    const pc = control[i];
    const code = op[pc];
    if (code === CALLX) continue;
    if (code === CALL) {
      if (isFaultingTarget(calls[pc]) || noReturn(calls[pc])) leaders[pc + 1] = 1;
      continue;
    }
    leaders[pc + 1] = 1;
    if (code !== EXIT) leaders[pc + 1 + off[pc]] = 1;
  }
  let blockCount = 0;
  for (let pc = 0; pc < count; pc++) blockCount += leaders[pc];
  const start = new Int32Array(blockCount + 1);
  const of = new Int32Array(count);
  for (let pc = 0, block = 0; block < blockCount; block++) {
    start[block] = pc;
    do of[pc++] = block;
    while (leaders[pc] === 0 && pc < count);
  }
  start[blockCount] = count;
  return { count: blockCount, start, of, ...findEnds(text, start, of, calls, noReturn) };
}

function findEnds(
  text: Text,
  start: Int32Array,
  of: Int32Array,
  calls: CallTargets,
  noReturn: (target: number) => boolean,
): Pick<Blocks, "end" | "target"> {
  const count = start.length - 1;
  const end = new Uint8Array(count);
  const target = new Int32Array(count).fill(-1);
  for (let block = 0; block < count; block++) {
    const last = lastInstruction(text, start[block], start[block + 1]);
    const code = text.op[last];
    if (code === EXIT) end[block] = END.EXIT;
    else if (code === CALL && (isFaultingTarget(calls[last]) || noReturn(calls[last]))) {
      end[block] = END.DEAD;
    } else if (isJump(text.version, code)) {
      end[block] = code === 5 ? END.JUMP : END.BRANCH;
      target[block] = of[last + 1 + text.off[last]];
    }
    const falls = end[block] === END.FALL || end[block] === END.BRANCH;
    if (falls && block === count - 1) {
      // A branch keeps its target; its other way is the overrun, see `fallsOff`.
      if (end[block] === END.FALL) end[block] = END.OVERRUN;
    }
  }
  return { end, target };
}

/** Slot of the last instruction in [from, to). Only the last two slots can be an lddw. */
export function lastInstruction(text: Text, from: number, to: number): number {
  if (to - from < 2 || text.version === 2) return to - 1;
  // A slot of opcode 0 is the half of the lddw before it, wherever the verifier has accepted the code.
  return text.op[to - 1] === 0 && text.op[to - 2] === LDDW ? to - 2 : to - 1;
}

const everySlot = new WeakMap<Text, Blocks>();

/** The partition in which every slot is a block, halves of lddw too: block n is slot n. Made once per text. */
export function everySlotBlocks(
  text: Text,
  calls: CallTargets,
  noReturn: (target: number) => boolean,
): Blocks {
  let blocks = everySlot.get(text);
  if (blocks === undefined) {
    blocks = splitBlocks(text, new Uint8Array(text.count).fill(1), calls, noReturn);
    everySlot.set(text, blocks);
  }
  return blocks;
}
