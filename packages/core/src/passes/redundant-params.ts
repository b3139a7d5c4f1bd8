import { scratch } from "../ir/array-source.ts";
import type { ControlFlow } from "../ir/control-flow.ts";
import type { IrFunction } from "../ir/function.ts";
import { OP } from "../ir/ops.ts";
import { findRoot } from "./rewriter.ts";

const NONE = -1;
const ROUNDS_MAX = 4;

/** Values that stand for block parameters, and which parameters are dropped for that. */
export interface RedundantParams {
  /** Value for each parameter that all edges give the same value, or itself; -1 = none. */
  readonly replacement: Int32Array;
  readonly dropped: Uint8Array;
}

/**
 * Finds block parameters that have one value however their block is entered: all its predecessors pass that value, or the parameter
 * itself. Blocks are looked at from the last to the first, so that inner loops are settled before outer ones; a few
 * rounds find nearly all.
 */
export function findRedundantParams(fn: IrFunction, flow: ControlFlow): RedundantParams {
  const replacement = scratch.int32s(fn.valueCount).fill(NONE);
  const dropped = scratch.uint8s(fn.valueCount);
  const blocks = [...flow.order].filter((b) => b !== 0 && fn.blocks[b].params.length > 0);
  let changed = blocks.length > 0;
  for (let round = 0; changed && round < ROUNDS_MAX; round++) {
    changed = false;
    for (let i = blocks.length - 1; i >= 0; i--) {
      const { params } = fn.blocks[blocks[i]];
      for (let j = 0; j < params.length; j++) {
        if (dropped[params[j]] === 1) continue;
        const value = onlyValue(fn, flow, blocks[i], j, replacement);
        if (value === NONE) continue;
        replacement[params[j]] = value;
        dropped[params[j]] = 1;
        changed = true;
      }
    }
  }
  return { replacement, dropped };
}

/** The one value that predecessors pass to parameter `index` of `block`, the parameter itself left aside; -1 = several. */
function onlyValue(
  fn: IrFunction,
  flow: ControlFlow,
  block: number,
  index: number,
  replacement: Int32Array,
): number {
  const { code } = fn;
  const param = fn.blocks[block].params[index];
  let only = NONE;
  for (let i = flow.predecessorStart[block]; i < flow.predecessorStart[block + 1]; i++) {
    const at = flow.terminators[flow.predecessors[i]];
    if ((code[at] & 0xff) === OP.br) {
      const value = findRoot(replacement, code[at + 4 + index]);
      if (value !== param && value !== only && only !== NONE) return NONE;
      if (value !== param) only = value;
      continue;
    }
    // br.if: one of its edges leads here, or both do.
    for (const edge of [at + 3, at + 5 + code[at + 4]]) {
      if (code[edge] !== block) continue;
      const value = findRoot(replacement, code[edge + 2 + index]);
      if (value !== param && value !== only && only !== NONE) return NONE;
      if (value !== param) only = value;
    }
  }
  return only;
}
