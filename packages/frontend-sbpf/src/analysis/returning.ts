import type { Text } from "../isa/decode.ts";
import { type Blocks, END } from "./blocks.ts";
import { type CallTargets, isFaultingTarget } from "./calls.ts";

/**
 * For each block whether an `exit` can be reached from it. A call goes on only if its function can reach one. Least
 * fixpoint, backwards, linear in code: what is not found to return never does.
 */
export function findReturning(
  text: Text,
  blocks: Blocks,
  calls: CallTargets,
  noReturnSyscall: (target: number) => boolean,
): Uint8Array {
  const { count } = blocks;
  const returning = new Uint8Array(count);
  const open = new Uint8Array(count);
  const pending = new Int32Array(count);
  const sites = callSites(text, blocks, calls, noReturnSyscall, pending);
  const preds = predecessors(blocks);
  const work = new Int32Array(count);
  let top = 0;
  const mark = (block: number): void => {
    if (open[block] === 0 || pending[block] !== 0 || returning[block] !== 0) return;
    returning[block] = 1;
    work[top++] = block;
  };
  for (let block = 0; block < count; block++) {
    if (blocks.end[block] !== END.EXIT) continue;
    open[block] = 1;
    mark(block);
  }
  while (top > 0) {
    const block = work[--top];
    for (let i = preds.first[block]; i < preds.first[block + 1]; i++) {
      open[preds.from[i]] = 1;
      mark(preds.from[i]);
    }
    for (let i = sites.first[block]; i < sites.first[block + 1]; i++) {
      pending[sites.from[i]]--;
      mark(sites.from[i]);
    }
  }
  return returning;
}

/** Edges by target: `from[first[b]..first[b + 1])` are the sources of block b. */
export interface Edges {
  readonly first: Int32Array;
  readonly from: Int32Array;
}

/** Groups `count` pairs by `to`. */
export function groupEdges(size: number, to: Int32Array, from: Int32Array, count: number): Edges {
  const first = new Int32Array(size + 1);
  for (let i = 0; i < count; i++) first[to[i] + 1]++;
  for (let i = 0; i < size; i++) first[i + 1] += first[i];
  const next = first.slice(0, size);
  const grouped = new Int32Array(count);
  for (let i = 0; i < count; i++) grouped[next[to[i]]++] = from[i];
  return { first, from: grouped };
}

/** Jumps and falls into each block. */
export function predecessors(blocks: Blocks): Edges {
  const to = new Int32Array(blocks.count * 2);
  const from = new Int32Array(blocks.count * 2);
  let n = 0;
  for (let block = 0; block < blocks.count; block++) {
    const end = blocks.end[block];
    if (blocks.target[block] >= 0) {
      to[n] = blocks.target[block];
      from[n++] = block;
    }
    if ((end === END.FALL || end === END.BRANCH) && block + 1 < blocks.count) {
      to[n] = block + 1;
      from[n++] = block;
    }
  }
  return groupEdges(blocks.count, to, from, n);
}

/** Blocks by the entry block of the function they call; counts in `pending` what a block waits for. */
function callSites(
  text: Text,
  blocks: Blocks,
  calls: CallTargets,
  noReturnSyscall: (target: number) => boolean,
  pending: Int32Array,
): Edges {
  const { control } = text;
  let total = 0;
  for (let i = 0; i < control.length; i++) if (calls[control[i]] >= 0) total++;
  const to = new Int32Array(total);
  const from = new Int32Array(total);
  let n = 0;
  for (let i = 0; i < control.length; i++) {
    const pc = control[i];
    const target = calls[pc];
    const block = blocks.of[pc];
    if (target >= 0) {
      to[n] = blocks.of[target];
      from[n++] = block;
      pending[block]++;
    } else if (text.op[pc] === 0x85 && (isFaultingTarget(target) || noReturnSyscall(target))) {
      pending[block]++;
    }
  }
  return groupEdges(blocks.count, to, from, n);
}
