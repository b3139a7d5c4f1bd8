import { scratch } from "./array-source.ts";
import { dominators } from "./dominators.ts";
import { targetPositions } from "./forms.ts";
import type { IrFunction } from "./function.ts";

/**
 * The shape of a function's control flow, in typed arrays. Lists are in the form of two arrays: those of block `b` are
 * `items[start[b]] … items[start[b + 1] - 1]`. Blocks that cannot be reached from the entry have no
 * edges here, `rpoIndex` -1 and `idom` -1.
 */
export interface ControlFlow {
  readonly blockCount: number;
  /** Reachable blocks in reverse postorder; the first is the entry, block 0. */
  readonly order: Int32Array;
  /** Place of each block in `order`; -1 = unreachable. */
  readonly rpoIndex: Int32Array;
  /** Position of each block's terminator in the code. */
  readonly terminators: Int32Array;
  /** One entry for each edge, in the order of the terminator's targets: a block may stand twice. */
  readonly successorStart: Int32Array;
  readonly successors: Int32Array;
  /** One entry for each edge that leaves a reachable block. */
  readonly predecessorStart: Int32Array;
  readonly predecessors: Int32Array;
  /** Immediate dominator; -1 for the entry. */
  readonly idom: Int32Array;
  /** Children in the dominator tree, in reverse postorder. */
  readonly childStart: Int32Array;
  readonly children: Int32Array;
  /** Preorder and last descendant's preorder in the dominator tree: see {@link dominates}. */
  readonly domEnter: Int32Array;
  readonly domLast: Int32Array;
  /** 1 for a block that is the target of a retreating edge. */
  readonly isLoopHeader: Uint8Array;
  /** True if every retreating edge's target dominates its source. */
  readonly isReducible: boolean;
}

/** True if every path from the entry to reachable block `b` passes through reachable block `a`; true for a = b. */
export function dominates(flow: ControlFlow, a: number, b: number): boolean {
  const enter = flow.domEnter[b];
  return flow.domEnter[a] <= enter && enter <= flow.domLast[a];
}

/** True for an edge to the same place or back in reverse postorder: the edges that close loops. */
export function isRetreating(flow: ControlFlow, from: number, to: number): boolean {
  return flow.rpoIndex[to] <= flow.rpoIndex[from];
}

/**
 * Reverse postorder, edges, dominator tree, loop headers and reducibility of `fn`. Linear but for the dominators
 * (m log n), and without recursion.
 */
export function analyseControlFlow(fn: IrFunction): ControlFlow {
  const blockCount = fn.blocks.length;
  const successorStart = scratch.int32s(blockCount + 1);
  const terminators = terminatorPositions(fn);
  const allSuccessors = listSuccessors(fn, terminators, successorStart);
  const { order, rpoIndex, preorder, parent } = depthFirst(
    blockCount,
    successorStart,
    allSuccessors,
  );
  const { start: predecessorStart, items: predecessors } = listPredecessors(
    blockCount,
    successorStart,
    allSuccessors,
    rpoIndex,
  );
  const idom = dominators(blockCount, preorder, parent, predecessorStart, predecessors);
  const tree = dominatorTree(blockCount, order, idom);
  const flow = {
    blockCount,
    order,
    rpoIndex,
    terminators,
    successorStart,
    successors: allSuccessors,
    predecessorStart,
    predecessors,
    idom,
    ...tree,
    isLoopHeader: scratch.uint8s(blockCount),
    isReducible: true,
  };
  for (const block of order) {
    for (let i = successorStart[block]; i < successorStart[block + 1]; i++) {
      const target = allSuccessors[i];
      if (!isRetreating(flow, block, target)) continue;
      flow.isLoopHeader[target] = 1;
      if (!dominates(flow, target, block)) flow.isReducible = false;
    }
  }
  return flow;
}

/** Position of the first word of each block's terminator. */
function terminatorPositions(fn: IrFunction): Int32Array {
  const { code, blocks } = fn;
  const positions = scratch.int32s(blocks.length);
  for (let b = 0; b < blocks.length; b++) {
    const { start, end } = blocks[b];
    let last = start;
    for (let at = start; at < end; at += code[at] >>> 8) last = at;
    positions[b] = last;
  }
  return positions;
}

function listSuccessors(fn: IrFunction, terminators: Int32Array, start: Int32Array): Int32Array {
  let items = scratch.int32s(fn.blocks.length * 2 + 8);
  const targets: number[] = [];
  let n = 0;
  for (let b = 0; b < fn.blocks.length; b++) {
    start[b] = n;
    const count = targetPositions(fn.code, terminators[b], targets);
    if (n + count > items.length) {
      const grown = scratch.int32s(Math.max(items.length * 2, n + count));
      grown.set(items);
      items = grown;
    }
    for (let i = 0; i < count; i++) items[n++] = fn.code[targets[i]];
  }
  start[fn.blocks.length] = n;
  return items.subarray(0, n);
}

function depthFirst(blockCount: number, start: Int32Array, successors: Int32Array) {
  const parent = scratch.int32s(blockCount).fill(-1);
  const next = scratch.copyOfInt32s(start, 0, blockCount);
  const seen = scratch.uint8s(blockCount);
  const stack = scratch.int32s(blockCount);
  const preorder = scratch.int32s(blockCount);
  const postorder = scratch.int32s(blockCount);
  let depth = 1;
  let entered = 1;
  let left = 0;
  seen[0] = 1;
  while (depth > 0) {
    const block = stack[depth - 1];
    if (next[block] === start[block + 1]) {
      postorder[left++] = block;
      depth--;
      continue;
    }
    const target = successors[next[block]++];
    if (seen[target] === 1) continue;
    seen[target] = 1;
    parent[target] = block;
    preorder[entered++] = target;
    stack[depth++] = target;
  }
  const rpoIndex = scratch.int32s(blockCount).fill(-1);
  const order = postorder.subarray(0, left).reverse();
  for (let i = 0; i < left; i++) rpoIndex[order[i]] = i;
  return { order, rpoIndex, preorder: preorder.subarray(0, entered), parent };
}

function listPredecessors(
  blockCount: number,
  successorStart: Int32Array,
  successors: Int32Array,
  rpoIndex: Int32Array,
) {
  const start = scratch.int32s(blockCount + 1);
  for (let b = 0; b < blockCount; b++) {
    if (rpoIndex[b] < 0) continue;
    for (let i = successorStart[b]; i < successorStart[b + 1]; i++) start[successors[i] + 1]++;
  }
  for (let b = 0; b < blockCount; b++) start[b + 1] += start[b];
  const items = scratch.int32s(start[blockCount]);
  const next = scratch.copyOfInt32s(start, 0, blockCount);
  for (let b = 0; b < blockCount; b++) {
    if (rpoIndex[b] < 0) continue;
    for (let i = successorStart[b]; i < successorStart[b + 1]; i++) {
      items[next[successors[i]]++] = b;
    }
  }
  return { start, items };
}

function dominatorTree(blockCount: number, order: Int32Array, idom: Int32Array) {
  const childStart = scratch.int32s(blockCount + 1);
  for (const block of order) if (block !== 0) childStart[idom[block] + 1]++;
  for (let b = 0; b < blockCount; b++) childStart[b + 1] += childStart[b];
  const children = scratch.int32s(Math.max(0, order.length - 1));
  const next = scratch.copyOfInt32s(childStart, 0, blockCount);
  for (const block of order) if (block !== 0) children[next[idom[block]]++] = block;
  const size = scratch.int32s(blockCount).fill(1);
  for (let i = order.length - 1; i > 0; i--) size[idom[order[i]]] += size[order[i]];
  const domEnter = scratch.int32s(blockCount).fill(-1);
  const domLast = scratch.int32s(blockCount).fill(-2);
  domEnter[0] = 0;
  for (const block of order) {
    let at = domEnter[block] + 1;
    domLast[block] = domEnter[block] + size[block] - 1;
    for (let i = childStart[block]; i < childStart[block + 1]; i++) {
      domEnter[children[i]] = at;
      at += size[children[i]];
    }
  }
  return { childStart, children, domEnter, domLast };
}
