import { scratch } from "../ir/array-source.ts";
import { analyseControlFlow, type ControlFlow } from "../ir/control-flow.ts";
import { operandPositions } from "../ir/forms.ts";
import type { IrFunction, IrModule } from "../ir/function.ts";
import { OP, OPS, READS, TRAPS } from "../ir/ops.ts";
import { Rewriter, type Visitor } from "./rewriter.ts";

const NONE = -1;

/** 1 for each operation that may go when its result is not used. */
const REMOVABLE = Uint8Array.from(OPS, ({ effects, variadic }) =>
  !variadic && (effects & ~READS) === 0 && (effects & TRAPS) === 0 ? 1 : 0,
);

/**
 * Dead code elimination: drops what computes values that nothing with an effect depends on, parameters of blocks included, and writes
 * of variables that are never read. Numbers the values that stay anew, in the order of their definitions.
 * What may trap stays.
 */
export function removeDeadCode(fn: IrFunction, module: IrModule): IrFunction {
  const flow = analyseControlFlow(fn);
  const live = findLiveValues(fn, flow);
  const read = findReadVariables(fn);
  const dropped = scratch.uint8s(fn.valueCount);
  for (const { params } of fn.blocks.slice(1)) {
    for (const param of params) dropped[param] = live[param] === 1 ? 0 : 1;
  }
  const visitor: Visitor = {
    visit(r, at) {
      const { code } = r;
      const op = code[at] & 0xff;
      const isDead =
        (REMOVABLE[op] === 1 && live[code[at + 2]] === 0) ||
        (op === OP["var.set"] && read[code[at + 3]] === 0);
      if (!isDead) return at;
      r.length = at;
      return NONE;
    },
  };
  return new Rewriter(fn, module, [visitor], { dropped, renumber: true }, flow).run();
}

function findReadVariables(fn: IrFunction): Uint8Array {
  const read = scratch.uint8s(fn.vars.length);
  if (read.length === 0) return read;
  const { code } = fn;
  for (const { start, end } of fn.blocks) {
    for (let at = start; at < end; at += code[at] >>> 8) {
      if ((code[at] & 0xff) === OP["var.get"]) read[code[at + 3]] = 1;
    }
  }
  return read;
}

/** 1 for each value on which something with an effect depends. */
function findLiveValues(fn: IrFunction, flow: ControlFlow): Uint8Array {
  const { code, blocks } = fn;
  const live = scratch.uint8s(fn.valueCount);
  const work = scratch.int32s(fn.valueCount);
  let waiting = 0;
  const mark = (value: number): void => {
    if (live[value] === 1) return;
    live[value] = 1;
    work[waiting++] = value;
  };
  /** Position of the removable instruction that defines a value, or of its block as -2 - block; -1 = another instruction. */
  const origin = scratch.int32s(fn.valueCount).fill(NONE);
  const paramIndex = scratch.int32s(fn.valueCount);
  const positions: number[] = [];
  for (const block of flow.order) {
    const { params, start, end } = blocks[block];
    params.forEach((param, i) => {
      origin[param] = -2 - block;
      paramIndex[param] = i;
    });
    for (let at = start; at < end; at += code[at] >>> 8) {
      const op = code[at] & 0xff;
      if (REMOVABLE[op] === 1) {
        if (OPS[op].resultCount === 1) origin[code[at + 2]] = at;
      } else if (op === OP["br.if"]) mark(code[at + 2]);
      else if (op !== OP.br) {
        const count = operandPositions(code, at, positions);
        for (let i = 0; i < count; i++) mark(code[positions[i]]);
      }
    }
  }
  while (waiting > 0) {
    const value = work[--waiting];
    const at = origin[value];
    if (at >= 0) {
      const first = at + 3;
      for (let i = first; i < first + OPS[code[at] & 0xff].argCount; i++) mark(code[i]);
    } else if (at < -1) markArguments(fn, flow, -2 - at, paramIndex[value], mark);
  }
  return live;
}

/** Marks what the predecessors of `block` pass to its parameter `index`. */
function markArguments(
  fn: IrFunction,
  flow: ControlFlow,
  block: number,
  index: number,
  mark: (value: number) => void,
): void {
  if (block === 0) return;
  const { code } = fn;
  for (let i = flow.predecessorStart[block]; i < flow.predecessorStart[block + 1]; i++) {
    const at = flow.terminators[flow.predecessors[i]];
    if ((code[at] & 0xff) === OP.br) mark(code[at + 4 + index]);
    else {
      const second = at + 5 + code[at + 4];
      if (code[at + 3] === block) mark(code[at + 5 + index]);
      if (code[second] === block) mark(code[second + 2 + index]);
    }
  }
}
