import { scratch } from "../ir/array-source.ts";
import type { ControlFlow } from "../ir/control-flow.ts";
import { operandPositions, resultPositions } from "../ir/forms.ts";
import type { IrFunction } from "../ir/function.ts";
import { CALLS, METERS, OP, OPS, TERMINATES, TRAPS, WRITES } from "../ir/ops.ts";

/** An instruction with one of these stays although nobody reads its result. */
const KEPT = WRITES | TRAPS | METERS | TERMINATES | CALLS;

/** Where values are defined and how often what remains of the function reads them. */
export interface LiveValues {
  /** Word position of the defining instruction; -1 for parameters of blocks. */
  readonly definedAt: Int32Array;
  readonly definedIn: Int32Array;
  /** Reads by instructions that are kept; 0 = dead. */
  readonly uses: Int32Array;
  /** 1 if another block than the defining one reads the value. */
  readonly isGlobal: Uint8Array;
}

/**
 * Position of the count word of the arguments that terminator `at` passes to its target number
 * `edge`.
 */
export function edgeArguments(code: Int32Array, at: number, edge: number): number {
  if ((code[at] & 0xff) === OP.br) return at + 3;
  return edge === 0 ? at + 4 : at + 6 + code[at + 4];
}

/** Block that terminator `at` (br or br.if) goes to by its target number `edge`. */
export function edgeTarget(code: Int32Array, at: number, edge: number): number {
  return code[edgeArguments(code, at, edge) - 1];
}

/**
 * Removes what has no effect and is never read (parameters of blocks included) and counts the reads
 * of the rest.
 */
export function findLiveValues(fn: IrFunction, flow: ControlFlow): LiveValues {
  const { code, blocks, valueCount } = fn;
  const definedAt = scratch.int32s(valueCount).fill(-1);
  const definedIn = scratch.int32s(valueCount).fill(-1);
  const { terminators } = flow;
  const parameterIndex = scratch.int32s(valueCount).fill(-1);
  const isLive = scratch.uint8s(valueCount);
  const work = scratch.int32s(valueCount);
  const positions = scratch.int32s(longestInstruction(code, blocks));
  let pending = 0;
  const mark = (value: number): void => {
    if (isLive[value] === 1) return;
    isLive[value] = 1;
    work[pending++] = value;
  };
  for (const block of flow.order) {
    const { params, start, end } = blocks[block];
    for (let i = 0; i < params.length; i++) {
      definedIn[params[i]] = block;
      parameterIndex[params[i]] = i;
    }
    for (let at = start; at < end; at += code[at] >>> 8) {
      const results = resultPositions(code, at, positions);
      for (let i = 0; i < results; i++) {
        definedAt[code[positions[i]]] = at;
        definedIn[code[positions[i]]] = block;
      }
      const op = code[at] & 0xff;
      if ((OPS[op].effects & KEPT) === 0) continue;
      if (op === OP.br) continue;
      if (op === OP["br.if"]) {
        mark(code[at + 2]);
        continue;
      }
      const reads = operandPositions(code, at, positions);
      for (let i = 0; i < reads; i++) mark(code[positions[i]]);
    }
  }
  while (pending > 0) {
    const value = work[--pending];
    if (definedAt[value] >= 0) {
      const reads = operandPositions(code, definedAt[value], positions);
      for (let i = 0; i < reads; i++) mark(code[positions[i]]);
      continue;
    }
    const block = definedIn[value];
    for (let i = flow.predecessorStart[block]; i < flow.predecessorStart[block + 1]; i++) {
      const at = terminators[flow.predecessors[i]];
      const edges = edgeCount(code, at);
      for (let edge = 0; edge < edges; edge++) {
        if (edgeTarget(code, at, edge) !== block) continue;
        mark(code[edgeArguments(code, at, edge) + 1 + parameterIndex[value]]);
      }
    }
  }
  const { uses, isGlobal } = countReads(fn, flow, definedIn, isLive, positions);
  return { definedAt, definedIn, uses, isGlobal };
}

function edgeCount(code: Int32Array, at: number): number {
  const op = code[at] & 0xff;
  return op === OP.br ? 1 : op === OP["br.if"] ? 2 : 0;
}

function longestInstruction(code: Int32Array, blocks: IrFunction["blocks"]): number {
  let longest = 0;
  for (const { start, end } of blocks) {
    for (let at = start; at < end; at += code[at] >>> 8) {
      if (code[at] >>> 8 > longest) longest = code[at] >>> 8;
    }
  }
  return longest;
}

function countReads(
  fn: IrFunction,
  flow: ControlFlow,
  definedIn: Int32Array,
  isLive: Uint8Array,
  positions: Int32Array,
) {
  const { code, blocks, valueCount } = fn;
  const uses = scratch.int32s(valueCount);
  const isGlobal = scratch.uint8s(valueCount);
  for (const block of flow.order) {
    const { start, end } = blocks[block];
    for (let at = start; at < end; at += code[at] >>> 8) {
      const op = code[at] & 0xff;
      const edges = edgeCount(code, at);
      if (edges > 0) {
        if (edges === 2) read(code[at + 2], block);
        for (let edge = 0; edge < edges; edge++) {
          const args = edgeArguments(code, at, edge);
          const { params } = blocks[code[args - 1]];
          for (let i = 0; i < params.length; i++) {
            if (isLive[params[i]] === 1) read(code[args + 1 + i], block);
          }
        }
        continue;
      }
      if ((OPS[op].effects & KEPT) === 0) {
        if (resultPositions(code, at, positions) === 0 || isLive[code[positions[0]]] === 0)
          continue;
      }
      const reads = operandPositions(code, at, positions);
      for (let i = 0; i < reads; i++) read(code[positions[i]], block);
    }
  }
  return { uses, isGlobal };

  function read(value: number, block: number): void {
    uses[value]++;
    if (definedIn[value] !== block) isGlobal[value] = 1;
  }
}
