import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FunctionBuilder, WordPool } from "./builder.ts";
import { analyseControlFlow, dominates } from "./control-flow.ts";
import type { IrFunction } from "./function.ts";

/** A function whose block `b` goes to `graph[b]`: `ret`, `br`, `br.if` or `switch` by the number of targets. */
function graphFunction(graph: readonly (readonly number[])[]): IrFunction {
  const builder = new FunctionBuilder("graph", [], [], new WordPool());
  while (builder.blockCount < graph.length) builder.block();
  graph.forEach((targets, block) => {
    builder.begin(block);
    if (targets.length === 0) builder.ret();
    else if (targets.length === 1) builder.br(targets[0]);
    else {
      const condition = builder.const32(0);
      if (targets.length === 2) builder.brIf(condition, targets[0], [], targets[1], []);
      else builder.switch(condition, targets.slice(1), targets[0]);
    }
  });
  return builder.build();
}

function reachable(graph: readonly (readonly number[])[], without: number): Set<number> {
  const seen = new Set<number>();
  const work = without === 0 ? [] : [0];
  while (work.length > 0) {
    const block = work.pop() as number;
    if (seen.has(block)) continue;
    seen.add(block);
    for (const target of graph[block]) if (target !== without) work.push(target);
  }
  return seen;
}

const graphs = fc
  .integer({ min: 1, max: 14 })
  .chain((n) =>
    fc.array(
      fc.array(fc.integer({ min: Math.min(1, n - 1), max: n - 1 }), { maxLength: n === 1 ? 0 : 4 }),
      { minLength: n, maxLength: n },
    ),
  );

describe("analyseControlFlow", () => {
  it("finds the loop header and the tree of a loop with a diamond in it", () => {
    const flow = analyseControlFlow(graphFunction([[1], [2, 5], [3, 4], [6], [6], [], [1]]));
    expect([...flow.idom]).toEqual([-1, 0, 1, 2, 2, 1, 2]);
    expect([...flow.isLoopHeader]).toEqual([0, 1, 0, 0, 0, 0, 0]);
    expect(flow.isReducible).toBe(true);
    expect(flow.order[0]).toBe(0);
  });

  it("calls a loop with two entries irreducible", () => {
    const flow = analyseControlFlow(graphFunction([[1, 2], [2], [1, 3], []]));
    expect(flow.isReducible).toBe(false);
  });

  it("keeps unreachable blocks out of lists", () => {
    const flow = analyseControlFlow(graphFunction([[2], [2], []]));
    expect([...flow.order]).toEqual([0, 2]);
    expect(flow.rpoIndex[1]).toBe(-1);
    expect(flow.predecessorStart[3] - flow.predecessorStart[2]).toBe(1);
  });

  it("gives both edges of a br.if with one target", () => {
    const flow = analyseControlFlow(graphFunction([[1, 1], []]));
    expect([...flow.predecessors]).toEqual([0, 0]);
  });

  it("is as good as removing each block in turn", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const flow = analyseControlFlow(graphFunction(graph));
        const all = reachable(graph, -1);
        expect(new Set(flow.order)).toEqual(all);
        for (const a of all) {
          const rest = reachable(graph, a);
          for (const b of all) expect(dominates(flow, a, b)).toBe(!rest.has(b));
          const tree = [...flow.children].slice(flow.childStart[a], flow.childStart[a + 1]);
          for (const child of tree) expect(flow.idom[child]).toBe(a);
        }
        expect(flow.children.length).toBe(all.size - 1);
      }),
      { numRuns: 300 },
    );
  });

  it("is quick on a long chain of nested loops", () => {
    const n = 20_000;
    const graph: number[][] = Array.from({ length: n }, (_, b) => {
      if (b === n - 1) return [];
      return b > n / 2 ? [b + 1, n - b] : [b + 1];
    });
    const flow = analyseControlFlow(graphFunction(graph));
    expect(flow.isReducible).toBe(true);
    expect(flow.order.length).toBe(n);
  });
});
