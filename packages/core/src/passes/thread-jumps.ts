import { scratch } from "../ir/array-source.ts";
import type { ControlFlow } from "../ir/control-flow.ts";
import { operandPositions } from "../ir/forms.ts";
import type { IrFunction } from "../ir/function.ts";
import { OP } from "../ir/ops.ts";

const NONE = -1;
/** Forwarding blocks in a row that an edge follows. */
const CHAIN_MAX = 16;
/** Parameters of a forwarding block. */
const PARAMS_MAX = 16;

/**
 * Jump threading: finds the blocks that do nothing but `br`, so that edges to them can go on to its target. Answers the position
 * of that `br` for each such block, -1 for the others. The block's parameters may be arguments of its `br` and
 * nothing else. What is found forms no cycle and no chain longer than CHAIN_MAX.
 */
export function findForwarders(fn: IrFunction, flow: ControlFlow): Int32Array {
  const { code, blocks } = fn;
  const forwardAt = scratch.int32s(blocks.length).fill(NONE);
  let owner: Int32Array | undefined;
  for (const block of flow.order) {
    const branch = onlyBranch(fn, block);
    if (branch === NONE || block === 0 || code[branch + 2] === block) continue;
    const { params } = blocks[block];
    if (params.length > PARAMS_MAX || code[branch + 3] > PARAMS_MAX) continue;
    forwardAt[block] = branch;
    if (params.length === 0) continue;
    owner ??= scratch.int32s(fn.valueCount).fill(NONE);
    for (const param of params) owner[param] = block;
  }
  if (owner !== undefined) keepUsedParams(fn, flow, owner, forwardAt);
  breakChains(fn, flow, forwardAt);
  keepSwitchTargets(fn, flow, forwardAt);
  return forwardAt;
}

/** Position of the `br` that is all of the block; -1 = there is more. */
function onlyBranch({ code, blocks }: IrFunction, block: number): number {
  const { end } = blocks[block];
  let at = blocks[block].start;
  while ((code[at] & 0xff) === OP.nop) at += code[at] >>> 8;
  return (code[at] & 0xff) === OP.br && at + (code[at] >>> 8) === end ? at : NONE;
}

/** A block whose parameter is read elsewhere stays. */
function keepUsedParams(
  fn: IrFunction,
  flow: ControlFlow,
  owner: Int32Array,
  forwardAt: Int32Array,
): void {
  const { code, blocks } = fn;
  const positions: number[] = [];
  for (const block of flow.order) {
    const { start, end } = blocks[block];
    for (let at = start; at < end; at += code[at] >>> 8) {
      const count = operandPositions(code, at, positions);
      for (let i = 0; i < count; i++) {
        const home = owner[code[positions[i]]];
        if (home !== NONE && home !== block) forwardAt[home] = NONE;
      }
    }
  }
}

function breakChains(fn: IrFunction, flow: ControlFlow, forwardAt: Int32Array): void {
  const { order, rpoIndex } = flow;
  const depth = scratch.uint8s(fn.blocks.length);
  for (let i = order.length - 1; i >= 0; i--) {
    const block = order[i];
    if (forwardAt[block] === NONE) continue;
    const target = fn.code[forwardAt[block] + 2];
    depth[block] = 1;
    if (forwardAt[target] === NONE) continue;
    depth[block] = depth[target] + 1;
    if (rpoIndex[target] <= i || depth[block] > CHAIN_MAX) {
      forwardAt[block] = NONE;
      depth[block] = 0;
    }
  }
}

/** The edges of a switch carry no arguments: a block that adds some for them stays. */
function keepSwitchTargets(fn: IrFunction, flow: ControlFlow, forwardAt: Int32Array): void {
  const { code } = fn;
  const seen = scratch.uint8s(fn.blocks.length);
  for (const block of flow.order) {
    if ((code[flow.terminators[block]] & 0xff) !== OP.switch) continue;
    for (let i = flow.successorStart[block]; i < flow.successorStart[block + 1]; i++) {
      let target = flow.successors[i];
      while (forwardAt[target] !== NONE && seen[target] === 0) {
        seen[target] = 1;
        const branch = forwardAt[target];
        if (code[branch + 3] > 0) forwardAt[target] = NONE;
        else target = code[branch + 2];
      }
    }
  }
}
