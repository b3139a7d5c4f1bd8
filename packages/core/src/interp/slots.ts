import { lasting, scratch } from "../ir/array-source.ts";
import { operandPositions, resultPositions } from "../ir/forms.ts";
import type { IrFunction } from "../ir/function.ts";
import type { ValueType } from "../ir/value-type.ts";

/** A function in the form that the interpreter runs: values renamed to few slots. */
export interface SlotFunction {
  readonly name: string;
  /** What it was made from: the same instructions at the same words. */
  readonly source: IrFunction;
  /** Instruction words; operands and results are slots. */
  readonly code: Int32Array;
  /** First word of each block. */
  readonly starts: Int32Array;
  /** Slots of the parameters of each block. */
  readonly blockParams: readonly (readonly number[])[];
  readonly slotCount: number;
  /** Variables stand behind the slots. */
  readonly vars: readonly ValueType[];
}

const cache = new WeakMap<IrFunction, SlotFunction>();

/** Slots of `fn`, computed once: a value that dies in its block shares its slot with those of other blocks. */
export function slotFunction(fn: IrFunction): SlotFunction {
  let slots = cache.get(fn);
  if (slots === undefined) {
    slots = assignSlots(fn);
    cache.set(fn, slots);
  }
  return slots;
}

const MANY_BLOCKS = -2;
const NOT_DEFINED = -1;

function assignSlots(fn: IrFunction): SlotFunction {
  const slotOf = scratch.int32s(fn.valueCount).fill(-1);
  const home = findHomes(fn);
  let fixed = 0;
  for (const { params } of fn.blocks) for (const value of params) slotOf[value] = fixed++;
  for (let value = 0; value < fn.valueCount; value++) {
    if (home[value] === MANY_BLOCKS && slotOf[value]! < 0) slotOf[value] = fixed++;
  }
  const starts = lasting.int32s(fn.blocks.length);
  for (let block = 0; block < starts.length; block++) starts[block] = fn.blocks[block]!.start;
  const code = lasting.copyOfInt32s(fn.code, 0, fn.code.length);
  const positions: number[] = [];
  let most = fixed;
  for (const block of fn.blocks) {
    let next = fixed;
    for (let at = block.start; at < block.end; at += code[at]! >>> 8) {
      const reads = operandPositions(code, at, positions);
      for (let i = 0; i < reads; i++) code[positions[i]!] = slotOf[code[positions[i]!]!]!;
      const results = resultPositions(code, at, positions);
      for (let i = 0; i < results; i++) {
        const value = code[positions[i]!]!;
        if (slotOf[value]! < 0) slotOf[value] = next++;
        code[positions[i]!] = slotOf[value]!;
      }
    }
    if (next > most) most = next;
  }
  return {
    name: fn.name,
    source: fn,
    code,
    starts,
    blockParams: fn.blocks.map(({ params }) => params.map((value) => slotOf[value]!)),
    slotCount: most,
    vars: fn.vars,
  };
}

/** Block in which each value is defined, or MANY_BLOCKS if another block reads it. */
function findHomes(fn: IrFunction): Int32Array {
  const home = scratch.int32s(fn.valueCount).fill(NOT_DEFINED);
  const positions: number[] = [];
  const { code } = fn;
  fn.blocks.forEach((block, index) => {
    for (const value of block.params) home[value] = MANY_BLOCKS;
    for (let at = block.start; at < block.end; at += code[at]! >>> 8) {
      const results = resultPositions(code, at, positions);
      for (let i = 0; i < results; i++) home[code[positions[i]!]!] = index;
    }
  });
  fn.blocks.forEach((block, index) => {
    for (let at = block.start; at < block.end; at += code[at]! >>> 8) {
      const reads = operandPositions(code, at, positions);
      for (let i = 0; i < reads; i++) {
        const value = code[positions[i]!]!;
        if (home[value] !== index) home[value] = MANY_BLOCKS;
      }
    }
  });
  return home;
}
