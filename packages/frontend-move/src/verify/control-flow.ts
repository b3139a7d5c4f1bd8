import { MoveFault } from "../format/move-fault.ts";
import { endsFlow } from "./control-flow-graph.ts";
import { verifyLoopsV5 } from "./control-flow-v5.ts";
import { type FunctionView, refuseAt } from "./function-view.ts";
import type { VerifierConfig } from "./verifier-config.ts";

/**
 * The code ends with Ret, Abort or Branch, loops have one entry each, and neither the nesting of
 * loops nor the number of blocks is beyond its limit.
 */
export function verifyControlFlow(view: FunctionView, config: VerifierConfig): void {
  const { ops } = view.code;
  if (ops.length === 0) {
    throw new MoveFault("EMPTY_CODE_UNIT", { function: view.index }, "a function has no code");
  }
  if (!endsFlow(ops[ops.length - 1])) {
    const sentence = "control can run beyond the last instruction";
    refuseAt(view, ops.length - 1, "INVALID_FALL_THROUGH", sentence);
  }
  if (view.file.version <= 5) verifyLoopsV5(view, config);
  else verifyLoops(view, config);
  if (view.graph.blockCount > config.basicBlocksMax) {
    refuseAt(view, 0, "TOO_MANY_BASIC_BLOCKS", `${view.graph.blockCount} basic blocks`);
  }
}

/** A depth-first tree over the blocks; nodes are numbered as they are met. */
interface LoopTree {
  /** Block of each node. */
  readonly blocks: number[];
  /** How many nodes are below each node. */
  readonly below: number[];
  /** Sources of the edges back to each node, from below it. */
  readonly back: number[][];
  /** Sources of the other edges to each node. */
  readonly other: number[][];
}

function buildLoopTree({ graph }: FunctionView): LoopTree {
  const nodeOf = new Int32Array(graph.blockCount).fill(-1);
  const isDone = new Uint8Array(graph.blockCount);
  const tree: LoopTree = { blocks: [], below: [], back: [], other: [] };
  const enter = (block: number) => {
    nodeOf[block] = tree.blocks.push(block) - 1;
    tree.below.push(0);
    tree.back.push([]);
    tree.other.push([]);
    return nodeOf[block];
  };
  const stack: { from: number; to: number; finish: boolean }[] = [];
  const visitAll = (from: number, block: number) => {
    for (const to of graph.successors[block]) stack.push({ from, to, finish: false });
  };
  visitAll(enter(0), 0);
  while (stack.length > 0) {
    const { from, to, finish } = stack.pop() as { from: number; to: number; finish: boolean };
    const node = nodeOf[to];
    if (finish) {
      tree.below[from] += 1 + tree.below[node];
      isDone[to] = 1;
    } else if (node < 0) {
      const entered = enter(to);
      tree.other[entered].push(from);
      stack.push({ from, to, finish: true });
      visitAll(entered, to);
    } else if (isDone[to] === 1) {
      tree.other[node].push(from);
    } else {
      tree.back[node].push(from);
    }
  }
  return tree;
}

/** Collapses the loops from the innermost outwards (Tarjan's test of reducibility). */
function verifyLoops(view: FunctionView, config: VerifierConfig): void {
  const tree = buildLoopTree(view);
  const parent = tree.blocks.map((_, node) => node);
  const depth = tree.blocks.map(() => 0);
  const loopOf = (node: number) => {
    let head = node;
    while (parent[head] !== head) {
      parent[head] = parent[parent[head]];
      head = parent[head];
    }
    return head;
  };
  for (let head = tree.blocks.length - 1; head >= 0; head--) {
    if (tree.back[head].length === 0) continue;
    const body = new Set(tree.back[head].map(loopOf));
    body.delete(head);
    const frontier = [...body];
    while (frontier.length > 0) {
      for (const source of tree.other[frontier.pop() as number]) {
        const node = loopOf(source);
        if (node < head || node > head + tree.below[head]) {
          const sentence = "a loop can be entered in two places";
          refuseAt(view, startOf(view, tree, node), "INVALID_LOOP_SPLIT", sentence);
        }
        if (node === head || body.has(node)) continue;
        body.add(node);
        frontier.push(node);
      }
    }
    for (const node of body) {
      parent[node] = head;
      depth[head] = Math.max(depth[head], depth[node]);
    }
    if (++depth[head] > config.loopDepthMax) {
      const sentence = `loops are nested deeper than ${config.loopDepthMax}`;
      refuseAt(view, startOf(view, tree, head), "LOOP_MAX_DEPTH_REACHED", sentence);
    }
  }
}

function startOf({ graph }: FunctionView, { blocks }: LoopTree, node: number): number {
  return graph.starts[blocks[node]];
}
