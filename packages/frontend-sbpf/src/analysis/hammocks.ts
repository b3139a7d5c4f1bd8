import { INSTRUCTIONS } from "../isa/table.ts";
import { END } from "./blocks.ts";
import type { ProgramGraph } from "./program-graph.ts";
import { predecessors } from "./returning.ts";

/**
 * Branches that step over a few operations on registers: what compilers make of `c ? a : b` and of `if (c) a -= b`. Compiled code computes
 * both ways and chooses, as a jump that is not foreseen costs more than the few operations.
 */
export interface Hammocks {
  /** For each block the block that its branch steps over; -1 = its branch is none of these. */
  readonly side: Int32Array;
  /** 1 for blocks that are written behind another one, without a jump: sides, and where both ways meet if nothing else leads there. */
  readonly isInner: Uint8Array;
}

/** Operations of a side at most. */
const SIDE_MAX = 3;
const NONE = -1;
const LDDW = 0x18;
const JA = 0x05;

/** 1 for operations on registers that always succeed, by version and opcode. */
const SAFE = INSTRUCTIONS.map((table) =>
  Uint8Array.from(table, (row) => {
    if (row === undefined || !["lddw", "imm", "reg", "one", "end"].includes(row.form)) return 0;
    return /^(add|sub|mul|or|and|lsh|rsh|arsh|xor|mov|neg|le$|be$|lddw)/.test(row.mnemonic) ? 1 : 0;
  }),
);

/** Finds them in time linear in the code. `isLoop`: blocks to which a jump goes back; none of them is a side. */
export function findHammocks(graph: ProgramGraph, isLoop: Uint8Array): Hammocks {
  const { blocks, entries } = graph;
  const side = new Int32Array(blocks.count).fill(NONE);
  const isInner = new Uint8Array(blocks.count);
  const { first } = predecessors(blocks);
  const ways = (block: number): number =>
    first[block + 1] - first[block] + entries[blocks.start[block]];
  for (let block = 0; block + 1 < blocks.count; block++) {
    if (blocks.end[block] !== END.BRANCH) continue;
    const taken = blocks.target[block];
    const [found, meet] = isSide(graph, block + 1, taken) ? [block + 1, taken] : [taken, block + 1];
    if (found === block || meet === found || ways(found) !== 1 || isLoop[found] !== 0) continue;
    if (found === taken && !isSide(graph, taken, block + 1)) continue;
    side[block] = found;
    isInner[found] = 1;
    if (ways(meet) === 2 && meet !== block) isInner[meet] = 1;
  }
  return { side, isInner };
}

/** Where both ways of the hammock that `block` begins meet. */
export function meetingPlace({ blocks }: ProgramGraph, { side }: Hammocks, block: number): number {
  return side[block] === block + 1 ? blocks.target[block] : block + 1;
}

/** Slot behind the operations of a side. */
export function endOfSide({ blocks }: ProgramGraph, block: number): number {
  return blocks.end[block] === END.JUMP ? blocks.start[block + 1] - 1 : blocks.start[block + 1];
}

/** Compute units of a side. */
export function unitsOfSide(graph: ProgramGraph, block: number): number {
  const { text, blocks } = graph;
  let units = 0;
  for (let pc = blocks.start[block]; pc < blocks.start[block + 1]; units++) {
    pc += text.op[pc] === LDDW ? 2 : 1;
  }
  return units;
}

/** True if `block` goes on to `meet` and does nothing else but a few safe operations. */
function isSide(graph: ProgramGraph, block: number, meet: number): boolean {
  const { text, blocks } = graph;
  const end = blocks.end[block];
  const next = end === END.JUMP ? blocks.target[block] : end === END.FALL ? block + 1 : NONE;
  if (next !== meet) return false;
  const safe = SAFE[text.version];
  let count = 0;
  for (let pc = blocks.start[block]; pc < blocks.start[block + 1]; count++) {
    const code = text.op[pc];
    if (code === JA) return true;
    if (safe[code] === 0 || count === SIDE_MAX) return false;
    pc += code === LDDW ? 2 : 1;
  }
  return true;
}
