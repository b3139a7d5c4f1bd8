import type { CompiledModule } from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";
import { innerTokens, type SignatureToken } from "../format/signature-token.ts";
import { fieldLists } from "./limits.ts";

/** No struct of the module contains itself, directly, through others, vectors or closures. */
export function verifyRecursiveStructs(module: CompiledModule): void {
  const definitionOf = new Map(
    module.structDefinitions.map(({ handle }, index) => [handle, index]),
  );
  const contained = module.structDefinitions.map(({ layout }) => {
    const found = new Set<number>();
    for (const fields of fieldLists(layout)) {
      for (const { type } of fields) collectStructs(type, definitionOf, found);
    }
    return [...found];
  });
  const cycle = findCycle(contained);
  if (cycle === undefined) return;
  const place = { table: "structDefinitions", index: cycle };
  throw new MoveFault("RECURSIVE_STRUCT_DEFINITION", place, "the struct contains itself");
}

function collectStructs(
  token: SignatureToken,
  definitionOf: ReadonlyMap<number, number>,
  found: Set<number>,
): void {
  if (token.tag === "struct" || token.tag === "structInstantiation") {
    const definition = definitionOf.get(token.handle);
    if (definition !== undefined) found.add(definition);
  }
  for (const inner of innerTokens(token)) collectStructs(inner, definitionOf, found);
}

/** A node on a cycle of the graph, undefined where there is none. */
export function findCycle(edges: readonly (readonly number[])[]): number | undefined {
  const state = new Uint8Array(edges.length);
  for (let root = 0; root < edges.length; root++) {
    if (state[root] !== 0) continue;
    const stack = [{ node: root, next: 0 }];
    state[root] = 1;
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (top.next === edges[top.node].length) {
        state[top.node] = 2;
        stack.pop();
        continue;
      }
      const child = edges[top.node][top.next++];
      if (state[child] === 1) return child;
      if (state[child] === 2) continue;
      state[child] = 1;
      stack.push({ node: child, next: 0 });
    }
  }
  return undefined;
}
