import type { CompiledModule } from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";
import { OP } from "../format/opcodes.ts";
import { innerTokens, type SignatureToken } from "../format/signature-token.ts";

interface Edge {
  readonly to: number;
  /** Whether the parameter arrives inside a larger type. */
  readonly grows: boolean;
}

/**
 * No chain of generic calls leads back to a type parameter with a larger type, so a module has
 * finitely many instances.
 */
export function verifyInstantiationLoops(module: CompiledModule): void {
  const edges = parameterGraph(module);
  const component = strongComponents(edges);
  edges.forEach((row, from) => {
    for (const { to, grows } of row) {
      if (!grows || component[from] !== component[to]) continue;
      throw new MoveFault(
        "LOOP_IN_INSTANTIATION_GRAPH",
        {},
        "generic calls in a loop need ever larger types",
      );
    }
  });
}

/** Nodes are the type parameters of all functions; edges say where calls pass them on. */
function parameterGraph(module: CompiledModule): Edge[][] {
  const firstNode: number[] = [];
  const definitionOf = new Map<number, number>();
  const edges: Edge[][] = [];
  module.functionDefinitions.forEach(({ handle }, index) => {
    firstNode.push(edges.length);
    definitionOf.set(handle, index);
    const count = module.functionHandles[handle].typeParameters.length;
    for (let i = 0; i < count; i++) edges.push([]);
  });
  module.functionDefinitions.forEach(({ code }, caller) => {
    if (code === undefined) return;
    const calls = new Set<number>();
    code.ops.forEach((op, pc) => {
      if (op === OP.CallGeneric || op === OP.PackClosureGeneric) calls.add(code.a[pc]);
    });
    for (const call of calls) {
      const { of, typeArguments } = module.functionInstantiations[call];
      const callee = definitionOf.get(of);
      if (callee === undefined) continue;
      module.signatures[typeArguments].forEach((token, formal) => {
        const to = firstNode[callee] + formal;
        const grows = token.tag !== "typeParameter";
        for (const actual of parametersIn(token)) {
          edges[firstNode[caller] + actual].push({ to, grows });
        }
      });
    }
  });
  return edges;
}

function parametersIn(token: SignatureToken): Set<number> {
  const found = new Set<number>();
  const pending = [token];
  while (pending.length > 0) {
    const next = pending.pop() as SignatureToken;
    if (next.tag === "typeParameter") found.add(next.index);
    pending.push(...innerTokens(next));
  }
  return found;
}

/** The number of each node's strongly connected component (Tarjan, without recursion). */
function strongComponents(edges: readonly (readonly Edge[])[]): Int32Array {
  const count = edges.length;
  const component = new Int32Array(count).fill(-1);
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const path: number[] = [];
  let nextOrder = 0;
  let nextComponent = 0;
  for (let root = 0; root < count; root++) {
    if (order[root] >= 0) continue;
    const stack = [{ node: root, next: 0 }];
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      const { node } = top;
      if (top.next === 0) {
        order[node] = low[node] = nextOrder++;
        path.push(node);
      }
      if (top.next < edges[node].length) {
        const { to } = edges[node][top.next++];
        if (order[to] < 0) stack.push({ node: to, next: 0 });
        else if (component[to] < 0) low[node] = Math.min(low[node], order[to]);
        continue;
      }
      stack.pop();
      const parent = stack.at(-1);
      if (parent !== undefined) low[parent.node] = Math.min(low[parent.node], low[node]);
      if (low[node] !== order[node]) continue;
      let member: number;
      do {
        member = path.pop() as number;
        component[member] = nextComponent;
      } while (member !== node);
      nextComponent++;
    }
  }
  return component;
}
