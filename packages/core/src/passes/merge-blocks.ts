import { scratch } from "../ir/array-source.ts";
import type { ControlFlow } from "../ir/control-flow.ts";
import type { IrFunction } from "../ir/function.ts";
import { OP } from "../ir/ops.ts";

const NONE = -1;

/**
 * Block merging: answers for each block the one that can be written directly behind it, because it is its only successor and it has no
 * other predecessor; -1 = none. Edges lead where `forwardAt` (see {@link findForwarders}) makes them lead.
 */
export function findJoins(fn: IrFunction, flow: ControlFlow, forwardAt: Int32Array): Int32Array {
  const { code, blocks } = fn;
  const { successorStart, successors } = flow;
  const end = (block: number): number => {
    let target = block;
    while (forwardAt[target] !== NONE) target = code[forwardAt[target] + 2];
    return target;
  };
  const predecessorCount = scratch.int32s(blocks.length);
  const onlySuccessor = scratch.int32s(blocks.length).fill(NONE);
  for (const block of flow.order) {
    if (forwardAt[block] !== NONE) continue;
    const first = successorStart[block];
    const count = successorStart[block + 1] - first;
    for (let i = first; i < first + count; i++) {
      const target = end(successors[i]);
      predecessorCount[target]++;
      if (count === 1) onlySuccessor[block] = target;
    }
  }
  const join = scratch.int32s(blocks.length).fill(NONE);
  for (const block of flow.order) {
    const next = onlySuccessor[block];
    if (next === NONE || next === block || predecessorCount[next] !== 1) continue;
    // A switch with nothing but a default has one successor too, but another form.
    if ((code[flow.terminators[block]] & 0xff) === OP.br) join[block] = next;
  }
  return join;
}
