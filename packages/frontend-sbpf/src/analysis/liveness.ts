import type { Text } from "../isa/decode.ts";
import { type Form, INSTRUCTIONS } from "../isa/table.ts";
import { callxRegister } from "../isa/version.ts";
import { END } from "./blocks.ts";
import { syscallOfTarget } from "./calls.ts";
import { neverReturns, type ProgramGraph } from "./program-graph.ts";
import { groupEdges, predecessors } from "./returning.ts";

/** Sets of r0 to r9 as bits. */
export interface Liveness {
  /** Registers whose values at the beginning of a block are used. */
  readonly liveIn: Uint16Array;
  /** The same at the end of a block. */
  readonly liveOut: Uint16Array;
  /** Registers beside r0 that some caller reads after a call: none in code that keeps the calling convention. */
  readonly extraResults: number;
  /** What a call through a pointer passes: r1 to r5, or everything in code that breaks the convention. */
  readonly pointerParams: number;
}

const R0 = 1;
const R1_TO_R5 = 0b111110;
export const ALL_REGISTERS = 0b1111111111;

const USES_DST = 1;
const USES_SRC = 2;
const DEFINES_DST = 4;
const CALLS = 8;

const FORM_EFFECTS: Record<Form, number> = {
  lddw: DEFINES_DST,
  load: USES_SRC | DEFINES_DST,
  "store.imm": USES_DST,
  "store.reg": USES_DST | USES_SRC,
  imm: USES_DST | DEFINES_DST,
  reg: USES_DST | USES_SRC | DEFINES_DST,
  one: USES_DST | DEFINES_DST,
  end: USES_DST | DEFINES_DST,
  jump: 0,
  "jump.imm": USES_DST,
  "jump.reg": USES_DST | USES_SRC,
  call: CALLS,
  callx: CALLS,
  exit: CALLS,
};

/** Effects by version and opcode. */
const EFFECTS = INSTRUCTIONS.map((table) =>
  Uint8Array.from(table, (row) => {
    if (row === undefined) return 0;
    const effects = FORM_EFFECTS[row.form];
    return row.mnemonic.startsWith("mov") ? effects & ~USES_DST : effects;
  }),
);

/**
 * Which registers live where, across calls: a call uses what is live at the beginning of its function. `syscallUses[s]` is
 * the set of registers that syscall s reads.
 */
export function findLiveness(graph: ProgramGraph, syscallUses: Uint16Array): Liveness {
  let extraResults = 0;
  let pointerParams = R1_TO_R5;
  for (;;) {
    const solver = new Solver(graph, syscallUses, extraResults, pointerParams);
    solver.solve();
    const seen = solver.seenAfterCalls & ~extraResults;
    const odd = (pointerUses(graph, solver.liveIn) & ~pointerParams) !== 0;
    if (seen === 0 && !odd) {
      const { liveIn, liveOut } = solver;
      return { liveIn, liveOut, extraResults, pointerParams };
    }
    extraResults |= seen;
    if (odd) pointerParams = ALL_REGISTERS;
  }
}

/** Registers that some function behind a pointer reads. */
function pointerUses(graph: ProgramGraph, liveIn: Uint16Array): number {
  let uses = 0;
  for (let pc = 0; pc < graph.text.count; pc++) {
    if (graph.pointers[pc] !== 0) uses |= liveIn[graph.blocks.of[pc]];
  }
  return uses;
}

class Solver {
  readonly liveIn: Uint16Array;
  readonly liveOut: Uint16Array;
  seenAfterCalls = 0;
  readonly #graph: ProgramGraph;
  readonly #syscallUses: Uint16Array;
  readonly #exitUses: number;
  readonly #effects: Uint8Array;
  readonly #pointerParams: number;

  constructor(
    graph: ProgramGraph,
    syscallUses: Uint16Array,
    extraResults: number,
    pointerParams: number,
  ) {
    this.#pointerParams = pointerParams;
    this.#graph = graph;
    this.#syscallUses = syscallUses;
    this.#exitUses = R0 | extraResults;
    this.#effects = EFFECTS[graph.text.version];
    this.liveIn = new Uint16Array(graph.blocks.count);
    this.liveOut = new Uint16Array(graph.blocks.count);
  }

  solve(): void {
    const { blocks } = this.#graph;
    const { count } = blocks;
    const preds = predecessors(blocks);
    const sites = this.#sites();
    const work = new Int32Array(count);
    const queued = new Uint8Array(count).fill(1);
    let top = 0;
    for (let block = 0; block < count; block++) work[top++] = block;
    while (top > 0) {
      const block = work[--top];
      queued[block] = 0;
      const before = this.#transfer(block);
      if (before === this.liveIn[block]) continue;
      this.liveIn[block] = before;
      for (const edges of [preds, sites]) {
        for (let i = edges.first[block]; i < edges.first[block + 1]; i++) {
          const from = edges.from[i];
          if (queued[from] !== 0) continue;
          queued[from] = 1;
          work[top++] = from;
        }
      }
    }
  }

  /** Blocks that call, by the block they call. */
  #sites(): ReturnType<typeof groupEdges> {
    const { text, calls, blocks } = this.#graph;
    const to: number[] = [];
    const from: number[] = [];
    for (const pc of text.control) {
      if (calls[pc] < 0) continue;
      to.push(blocks.of[calls[pc]]);
      from.push(blocks.of[pc]);
    }
    return groupEdges(blocks.count, Int32Array.from(to), Int32Array.from(from), to.length);
  }

  #outOf(block: number): number {
    const { blocks } = this.#graph;
    const end = blocks.end[block];
    let live = 0;
    if (blocks.target[block] >= 0) live |= this.liveIn[blocks.target[block]];
    if ((end === END.FALL || end === END.BRANCH) && block + 1 < blocks.count) {
      live |= this.liveIn[block + 1];
    }
    return live;
  }

  #transfer(block: number): number {
    const { text, blocks } = this.#graph;
    const effects = this.#effects;
    let live = this.#outOf(block);
    this.liveOut[block] = live;
    for (let pc = blocks.start[block + 1] - 1; pc >= blocks.start[block]; pc--) {
      const code = text.op[pc];
      if (code === 0) continue;
      const effect = effects[code];
      if ((effect & CALLS) !== 0) {
        live = this.#throughCall(text, pc, live);
        continue;
      }
      if ((effect & DEFINES_DST) !== 0) live &= ~(1 << text.dst[pc]);
      if ((effect & USES_DST) !== 0) live |= 1 << text.dst[pc];
      if ((effect & USES_SRC) !== 0) live |= 1 << text.src[pc];
    }
    return live & ALL_REGISTERS;
  }

  #throughCall(text: Text, pc: number, live: number): number {
    const graph = this.#graph;
    const code = text.op[pc];
    if (code === 0x95) return this.#exitUses;
    if (code === 0x8d) {
      const register = callxRegister(text.version, text.dst[pc], text.src[pc], text.imm[pc]);
      this.seenAfterCalls |= live & R1_TO_R5;
      return (live & ~(R0 | R1_TO_R5)) | this.#pointerParams | (1 << register);
    }
    const target = graph.calls[pc];
    // Compiled code does not take a call that cannot come back: it traps, and the exact run decides.
    if (neverReturns(graph, target)) return 0;
    if (target < 0) return (live & ~R0) | this.#syscallUses[syscallOfTarget(target)];
    this.seenAfterCalls |= live & R1_TO_R5;
    return (live & ~(R0 | R1_TO_R5)) | this.liveIn[graph.blocks.of[target]];
  }
}
