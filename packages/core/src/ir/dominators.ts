import { scratch } from "./array-source.ts";
/**
 * Immediate dominators by the semi-NCA algorithm (Georgiadis, "Linear-Time Algorithms for Dominators and Related
 * Problems", 2005): semidominators with path compression as Lengauer and Tarjan do, then the nearest common ancestor by
 * walking up. Hostile control flow does not make it quadratic, as it does the iterative algorithms.
 *
 * `preorder` lists the reachable blocks of a depth-first search from block 0, `parent` is its tree, and the predecessors
 * of block `b` are `predecessors[start[b]] …`. Answers the immediate dominator of each block; -1 for
 * block 0 and for what cannot be reached.
 */
export function dominators(
  blockCount: number,
  preorder: Int32Array,
  parent: Int32Array,
  start: Int32Array,
  predecessors: Int32Array,
): Int32Array {
  const n = preorder.length;
  const number = scratch.int32s(blockCount).fill(-1);
  for (let i = 0; i < n; i++) number[preorder[i]] = i;
  // From here on blocks are named by their preorder numbers.
  const ancestor = scratch.int32s(n);
  const idom = scratch.int32s(n);
  for (let i = 1; i < n; i++) {
    ancestor[i] = number[parent[preorder[i]]];
    idom[i] = ancestor[i];
  }
  const semi = scratch.int32s(n);
  const label = scratch.int32s(n);
  for (let i = 0; i < n; i++) {
    semi[i] = i;
    label[i] = i;
  }
  const path = scratch.int32s(n);
  for (let w = n - 1; w > 0; w--) {
    const block = preorder[w];
    for (let i = start[block]; i < start[block + 1]; i++) {
      const v = number[predecessors[i]];
      const u = v > w ? compress(v, w, ancestor, label, semi, path) : v;
      if (semi[u] < semi[w]) semi[w] = semi[u];
    }
  }
  for (let w = 1; w < n; w++) {
    let candidate = idom[w];
    while (candidate > semi[w]) candidate = idom[candidate];
    idom[w] = candidate;
  }
  const result = scratch.int32s(blockCount).fill(-1);
  for (let i = 1; i < n; i++) result[preorder[i]] = preorder[idom[i]];
  return result;
}

/**
 * The node of least semidominator on the path from `v` up to, and without, the nodes not yet linked (those
 * numbered `last` and less), and points the path's nodes at its top.
 */
function compress(
  v: number,
  last: number,
  ancestor: Int32Array,
  label: Int32Array,
  semi: Int32Array,
  path: Int32Array,
): number {
  let depth = 0;
  let node = v;
  while (ancestor[node] > last) {
    path[depth++] = node;
    node = ancestor[node];
  }
  while (depth > 0) {
    const below = path[--depth];
    const above = ancestor[below];
    if (semi[label[above]] < semi[label[below]]) label[below] = label[above];
    ancestor[below] = ancestor[above];
  }
  return label[v];
}
