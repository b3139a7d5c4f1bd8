import { INSTRUCTIONS } from "../isa/table.ts";
import { END } from "./blocks.ts";
import { neverReturns, type ProgramGraph } from "./program-graph.ts";

/** Which region each register points into at the beginning of each block. */
export interface RegionGuesses {
  /** Eleven entries per block, see {@link NO_REGION}. */
  readonly atStart: Uint8Array;
}

/** Entries of a state: not seen yet, region n as `n + 1`, and anything else. */
const UNSEEN = 0;
export const NO_REGION = 15;
/** Registers of a state. */
export const STATE_SIZE = 11;

const INPUT = 5;
const STACK = 3;

/**
 * Guesses regions by a forward data flow over blocks and direct calls. What is guessed is not proven: an access outside the guessed region
 * ends the compiled run, and the exact run decides.
 */
export function guessRegions(graph: ProgramGraph): RegionGuesses {
  const { blocks, text, calls } = graph;
  const atStart = new Uint8Array(blocks.count * STATE_SIZE);
  const work = new Int32Array(blocks.count);
  const queued = new Uint8Array(blocks.count);
  let top = 0;
  const state = new Uint8Array(STATE_SIZE);
  const join = (block: number): void => {
    let changed = false;
    for (let i = 0, at = block * STATE_SIZE; i < STATE_SIZE; i++, at++) {
      const old = atStart[at];
      if (old === state[i] || old === NO_REGION) continue;
      atStart[at] = old === UNSEEN ? state[i] : NO_REGION;
      changed = true;
    }
    if (!changed || queued[block] !== 0) return;
    queued[block] = 1;
    work[top++] = block;
  };
  const enter = (block: number, first: number): void => {
    state.fill(NO_REGION);
    state[1] = first;
    state[2] = first;
    state[10] = STACK;
    join(block);
  };
  for (let pc = 0; pc < text.count; pc++) {
    if (graph.pointers[pc] !== 0) enter(blocks.of[pc], NO_REGION);
  }
  if (graph.entryPc < text.count) enter(blocks.of[graph.entryPc], INPUT);
  while (top > 0) {
    const block = work[--top];
    queued[block] = 0;
    state.set(atStart.subarray(block * STATE_SIZE, (block + 1) * STATE_SIZE));
    for (let pc = blocks.start[block]; pc < blocks.start[block + 1]; pc++) {
      if (calls[pc] >= 0 && !neverReturns(graph, calls[pc])) join(blocks.of[calls[pc]]);
      step(graph, pc, state);
    }
    if (blocks.target[block] >= 0) join(blocks.target[block]);
    const end = blocks.end[block];
    if ((end === END.FALL || end === END.BRANCH) && block + 1 < blocks.count) join(block + 1);
  }
  return { atStart };
}

/** State behind the instruction at `pc`. */
export function step(graph: ProgramGraph, pc: number, state: Uint8Array): void {
  const { text } = graph;
  const code = text.op[pc];
  const dst = text.dst[pc];
  if (code === 0) return;
  switch (code) {
    case 0x18:
      state[dst] = constantRegion(text.version, text.imm[pc], text.imm[pc + 1]);
      return;
    case 0xbf: // mov64 reg
      state[dst] = state[text.src[pc]];
      return;
    case 0x07: // add64 imm, sub64 imm
    case 0x17:
      return;
    case 0x57: // and64 imm, as it rounds addresses down
      if (text.imm[pc] >= 0) state[dst] = NO_REGION;
      return;
    case 0x0f: {
      // A pointer and an index, in either order.
      const other = state[text.src[pc]];
      if (state[dst] === NO_REGION) state[dst] = other;
      else if (other !== NO_REGION) state[dst] = NO_REGION;
      return;
    }
    case 0x1f:
      if (state[text.src[pc]] !== NO_REGION) state[dst] = NO_REGION;
      return;
    case 0x85:
    case 0x8d:
      for (let register = 0; register <= (graph.calls[pc] < -1 ? 0 : 5); register++) {
        state[register] = NO_REGION;
      }
      return;
  }
  if (DEFINES[text.version][code] !== 0) state[dst] = NO_REGION;
}

function constantRegion(version: number, low: number, high: number): number {
  if (high === 0) return version === 3 && low !== 0 ? 1 : NO_REGION;
  return high >= 1 && high <= 4 ? high + 1 : NO_REGION;
}

/** 1 where the instruction writes its destination register. */
const DEFINES = INSTRUCTIONS.map((table) =>
  Uint8Array.from(table, (row) =>
    row !== undefined && ["load", "imm", "reg", "one", "end"].includes(row.form) ? 1 : 0,
  ),
);
