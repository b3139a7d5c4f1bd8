import type { FunctionView } from "./function-view.ts";

/** An analysis that runs forward over the blocks of a function until nothing changes. */
export interface Analysis<State> {
  clone(state: State): State;
  /** Applies instruction `pc` to the state. */
  step(state: State, pc: number): void;
  /** After the last instruction of a block. */
  leaveBlock(state: State): State;
  /** Joins `other` into `state`; tells whether `state` became another one. */
  join(state: State, other: State): { readonly state: State; readonly changed: boolean };
}

/**
 * Runs an analysis. Blocks are taken in reverse postorder, and again from the first block whose
 * entry changed; unreachable blocks are not visited. Ends because states grow in a finite lattice.
 */
export function interpretAbstractly<State>(
  { graph }: FunctionView,
  initial: State,
  analysis: Analysis<State>,
): void {
  const { order, starts, ends, successors } = graph;
  const rank = new Int32Array(graph.blockCount);
  order.forEach((block, i) => {
    rank[block] = i;
  });
  const entries: (State | undefined)[] = new Array(graph.blockCount).fill(undefined);
  const isPending = new Uint8Array(order.length);
  entries[0] = initial;
  isPending[0] = 1;
  let at = 0;
  while (at < order.length) {
    if (isPending[at] === 0) {
      at++;
      continue;
    }
    isPending[at] = 0;
    const block = order[at];
    let state = analysis.clone(entries[block] as State);
    for (let pc = starts[block]; pc <= ends[block]; pc++) analysis.step(state, pc);
    state = analysis.leaveBlock(state);
    let next = at + 1;
    for (const successor of successors[block]) {
      const entry = entries[successor];
      const joined =
        entry === undefined
          ? { state: analysis.clone(state), changed: true }
          : analysis.join(entry, state);
      entries[successor] = joined.state;
      if (!joined.changed) continue;
      isPending[rank[successor]] = 1;
      next = Math.min(next, rank[successor]);
    }
    at = next;
  }
}
