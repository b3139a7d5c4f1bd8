import { branchTargets } from "../format/branch-targets.ts";
import type { Code } from "../format/module.ts";
import { OP } from "../format/opcodes.ts";

/** Basic blocks in the order of the code; block 0 is the entry. */
export interface ControlFlowGraph {
  readonly blockCount: number;
  /** First instruction of each block. */
  readonly starts: readonly number[];
  /** Last instruction of each block. */
  readonly ends: readonly number[];
  /** Successors of each block, ascending and each once. */
  readonly successors: readonly (readonly number[])[];
  /** The blocks that the entry reaches, in reverse postorder. */
  readonly order: readonly number[];
}

/** Whether control never goes on to the next instruction. */
export function endsFlow(op: number): boolean {
  return (
    op === OP.Ret ||
    op === OP.Abort ||
    op === OP.AbortMsg ||
    op === OP.Branch ||
    op === OP.VariantSwitch
  );
}

function endsBlock(op: number): boolean {
  return endsFlow(op) || op === OP.BrTrue || op === OP.BrFalse;
}

/**
 * Splits code at branches and their targets. Every target lies in the code (bounds are checked)
 * and the last instruction ends the flow.
 */
export function buildControlFlowGraph(code: Code): ControlFlowGraph {
  const { ops } = code;
  const count = ops.length;
  const isStart = new Uint8Array(count + 1);
  if (count > 0) isStart[0] = 1;
  for (let pc = 0; pc < count; pc++) {
    for (const target of branchTargets(code, pc)) isStart[target] = 1;
    if (endsBlock(ops[pc])) isStart[pc + 1] = 1;
  }
  const starts: number[] = [];
  const ends: number[] = [];
  const blockAt = new Int32Array(count + 1);
  for (let pc = 0; pc < count; pc++) {
    if (isStart[pc] === 1) {
      if (pc > 0) ends.push(pc - 1);
      starts.push(pc);
    }
    blockAt[pc] = starts.length - 1;
  }
  if (count > 0) ends.push(count - 1);
  const successors = ends.map((end) => {
    const next = end + 1 < count && !endsFlow(ops[end]) ? [blockAt[end + 1]] : [];
    const targets = branchTargets(code, end).map((target) => blockAt[target]);
    return [...new Set([...next, ...targets])].sort((x, y) => x - y);
  });
  return {
    blockCount: starts.length,
    starts,
    ends,
    successors,
    order: reversePostorder(successors),
  };
}

function reversePostorder(successors: readonly (readonly number[])[]): number[] {
  if (successors.length === 0) return [];
  const state = new Uint8Array(successors.length);
  const stack = [0];
  const order: number[] = [];
  while (stack.length > 0) {
    const block = stack.pop() as number;
    if (state[block] === 0) {
      state[block] = 1;
      stack.push(block);
      for (const next of successors[block]) if (state[next] === 0) stack.push(next);
    } else if (state[block] === 1) {
      state[block] = 2;
      order.push(block);
    }
  }
  return order.reverse();
}
