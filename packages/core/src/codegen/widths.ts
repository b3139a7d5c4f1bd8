import { scratch } from "../ir/array-source.ts";
import type { ControlFlow } from "../ir/control-flow.ts";
import type { IrFunction } from "../ir/function.ts";
import { OP, OPS } from "../ir/ops.ts";
import { I256, type ValueType } from "../ir/value-type.ts";
import { edgeArguments } from "./live-values.ts";
import { type Reader, TRANSFER } from "./width-transfers.ts";

const FULL: Readonly<Record<ValueType, number>> = [32, 64, 256];
/** Widths to which a value grows that a loop carries. */
const STEPS = [0, 1, 8, 32, 64, 128, 192, 256];
/** Passes after which whatever still grows takes its full width. */
const PASSES_MAX = 12;

/**
 * Entries of the table of variables by block beyond which variables are not followed from block to
 * block.
 */
const VARIABLE_STATES_MAX = 1 << 20;
/** Loop counters are taken to stay below 2^32: see {@link WidthAnalysis}. */
const COUNTER_BITS = 32;
const STEP_MAX = 1 << 16;

/** Upper bounds: value v < 2^bits[v]; variable likewise, over all that is ever stored in it. */
export interface Widths {
  readonly bits: Uint16Array;
  readonly variableBits: Uint16Array;
  /** Of the function's parameters and results, over all calls. */
  readonly paramBits: Uint16Array;
  readonly resultBits: Uint16Array;
}

export const NO_WIDTHS: Widths = {
  bits: new Uint16Array(0),
  variableBits: new Uint16Array(0),
  paramBits: new Uint16Array(0),
  resultBits: new Uint16Array(0),
};

/** Bits of each word of a module's pool. */
export function wordBits(words: readonly bigint[]): Uint16Array {
  return Uint16Array.from(words, bitLength);
}

function bitLength(word: bigint): number {
  return word === 0n
    ? 0
    : word.toString(16).length * 4 - (Math.clz32(Number.parseInt(word.toString(16)[0], 16)) - 28);
}

/** Functions and their widths by index; undefined = not reachable. */
export interface WidthInput {
  readonly fn: IrFunction;
  readonly flow: ControlFlow;
  /** True if others than the module's own calls call it: parameters and results have full width. */
  readonly isOpen: boolean;
}

/**
 * Bounds of the values of all functions, parameters and results included. Functions are analysed
 * again while what they are called with, or what they call gives back, grows.
 */
export function findWidths(
  inputs: readonly (WidthInput | undefined)[],
  poolBits: Uint16Array,
  words: readonly bigint[],
  speculate: boolean,
): readonly (Widths | undefined)[] {
  const all: (WidthAnalysis | undefined)[] = [];
  for (const input of inputs) {
    all.push(input && new WidthAnalysis(input, poolBits, words, all, speculate));
  }
  let left = 8 * all.length + 64;
  for (let changed = true; changed; ) {
    changed = false;
    for (const analysis of all) {
      if (!analysis?.isStale) continue;
      changed = analysis.run() || changed;
      // Hostile call graphs end here: what functions give and take has full width, and nothing can
      // grow any more.
      if (--left > 0) continue;
      if (left === 0) for (const each of all) each?.open();
      changed = changed || left === 0;
    }
  }
  return all;
}

/**
 * Forward data flow over the blocks in reverse postorder, starting from nothing. A pass begins at the
 * first block that a later one, over a retreating edge, has given more; there is none when nothing grows that way.
 * What grows again in a later pass grows by {@link STEPS}. A function without words is not
 * analysed: its values have full width.
 *
 * Speculation: what a loop increases by a small constant is taken to stay below 2^32, and what is
 * decreased by one not to go below zero. The compiler adds the check; code in which it fails is run
 * exactly.
 */
class WidthAnalysis implements Widths {
  readonly bits: Uint16Array;
  readonly variableBits: Uint16Array;
  readonly paramBits: Uint16Array;
  readonly resultBits: Uint16Array;
  /** True if parameters, or results of callees, have grown since the last run. */
  isStale = true;
  readonly #fn: IrFunction;
  readonly #flow: ControlFlow;
  readonly #poolBits: Uint16Array;
  readonly #words: readonly bigint[];
  readonly #all: readonly (WidthAnalysis | undefined)[];
  readonly #speculate: boolean;
  readonly #callers: WidthAnalysis[] = [];
  readonly #constants: Int32Array;
  readonly #reader: Reader;
  readonly #hasWords: boolean;
  /**
   * Widths of the variables here, and at the beginning of each block; undefined = everywhere {@link
   * variableBits}.
   */
  readonly #variables: Uint16Array;
  readonly #atStart: Uint16Array | undefined;
  #pass = 0;
  /**
   * 1 for what comes from a variable or a parameter of a block: only that can count a loop's rounds
   * down.
   */
  readonly #isCarried: Uint8Array;
  /** Place in the order of the block that is looked at, and of the first that must be looked at again. */
  #place = 0;
  #redoFrom = 0;
  #otherStale = false;

  constructor(
    { fn, flow, isOpen }: WidthInput,
    poolBits: Uint16Array,
    words: readonly bigint[],
    all: readonly (WidthAnalysis | undefined)[],
    speculate: boolean,
  ) {
    const count = fn.vars.length;
    this.#fn = fn;
    this.#flow = flow;
    this.#poolBits = poolBits;
    this.#words = words;
    this.#all = all;
    this.#speculate = speculate;
    this.bits = scratch.uint16s(fn.valueCount);
    this.variableBits = scratch.uint16s(count);
    this.#variables = scratch.uint16s(count);
    this.#hasWords = fn.valueTypes.includes(I256) || fn.vars.includes(I256);
    const followed = this.#hasWords && count * flow.blockCount <= VARIABLE_STATES_MAX;
    this.#atStart = followed ? scratch.uint16s(count * flow.blockCount) : undefined;
    this.#constants = scratch.int32s(fn.valueCount).fill(-1);
    this.#reader = { code: fn.code, bits: this.bits, constants: this.#constants };
    this.#isCarried = scratch.uint8s(fn.valueCount);
    for (const block of flow.order) {
      for (const value of fn.blocks[block].params) this.#isCarried[value] = 1;
    }
    const width = (type: ValueType): number => (isOpen || type !== I256 ? FULL[type] : 0);
    this.paramBits = Uint16Array.from(fn.params, width);
    this.resultBits = Uint16Array.from(fn.results, width);
  }

  /** Gives parameters and results their full width. */
  open(): void {
    for (const [i, type] of this.#fn.params.entries()) this.paramBits[i] = FULL[type];
    for (const [i, type] of this.#fn.results.entries()) this.resultBits[i] = FULL[type];
    this.isStale = true;
  }

  /** Runs to the fixed point; true if a function that depends on this one must run again. */
  run(): boolean {
    this.isStale = false;
    const { code, blocks, valueTypes, vars } = this.#fn;
    if (!this.#hasWords) {
      for (let v = 0; v < this.bits.length; v++) this.bits[v] = FULL[valueTypes[v] as ValueType];
      for (let v = 0; v < vars.length; v++) this.variableBits[v] = FULL[vars[v]];
    }
    this.#otherStale = false;
    this.#pass = this.#pass === 0 ? 0 : 1;
    for (const [i, value] of blocks[0].params.entries()) this.#grow(value, this.paramBits[i]);
    const { order } = this.#flow;
    for (let from = 0; from < order.length; from = this.#hasWords ? this.#redoFrom : order.length) {
      this.#redoFrom = order.length;
      for (this.#place = from; this.#place < order.length; this.#place++) {
        const block = order[this.#place];
        this.#startAt(block);
        const { start, end } = blocks[block];
        for (let at = start; at < end; at += code[at] >>> 8) this.#instruction(at);
        this.#leave(block);
      }
      this.#pass++;
    }
    return this.#otherStale;
  }

  /** Notes that what a block begins with has grown: one that this pass is past is looked at again. */
  #redo(block: number): void {
    const place = this.#flow.rpoIndex[block];
    if (place <= this.#place && place < this.#redoFrom) this.#redoFrom = place;
  }

  /** Takes the widths of the variables at the beginning of a block. */
  #startAt(block: number): void {
    const count = this.variableBits.length;
    const [from, at] =
      this.#atStart === undefined ? [this.variableBits, 0] : [this.#atStart, block * count];
    for (let v = 0; v < count; v++) this.#variables[v] = from[at + v];
  }

  /** Hands the widths of the variables on to the successors. */
  #leave(block: number): void {
    const start = this.#atStart;
    if (start === undefined) return;
    const { successorStart, successors } = this.#flow;
    const { vars } = this.#fn;
    const count = vars.length;
    for (let i = successorStart[block]; i < successorStart[block + 1]; i++) {
      const base = successors[i] * count;
      let grown = false;
      for (let v = 0; v < count; v++) {
        if (this.#variables[v] <= start[base + v]) continue;
        start[base + v] = this.#widen(this.#variables[v], vars[v]);
        grown = true;
      }
      if (grown) this.#redo(successors[i]);
    }
  }

  #instruction(at: number): void {
    const { code } = this.#fn;
    const op = code[at] & 0xff;
    switch (op) {
      case OP["i32.const"]:
        return this.#constant(code[at + 2], bitsOf(code[at + 3]), code[at + 3]);
      case OP["i64.const"]: {
        const high = code[at + 4];
        const width = high === 0 ? bitsOf(code[at + 3]) : 32 + bitsOf(high);
        return this.#constant(code[at + 2], width, high === 0 ? code[at + 3] : -1);
      }
      case OP["i256.const"]: {
        const width = this.#poolBits[code[at + 3]];
        const number = width < 31 ? Number(this.#words[code[at + 3]]) : -1;
        return this.#constant(code[at + 2], width, number);
      }
      case OP["var.get"]:
        this.#isCarried[code[at + 2]] = 1;
        return this.#grow(code[at + 2], this.#variables[code[at + 3]]);
      case OP["var.set"]:
        return this.#setVariable(code[at + 3], this.bits[code[at + 2]]);
      case OP.call:
        return this.#call(at);
      case OP.host:
        return this.#fullResults(at + 3);
      case OP["call.indirect"]:
        return this.#fullResults(at + 4);
      case OP.ret:
        return this.#return(at);
      case OP.br:
        return this.#passArguments(at, 0);
      case OP["br.if"]:
        this.#passArguments(at, 0);
        return this.#passArguments(at, 1);
      default:
        if (OPS[op].resultCount === 1) this.#computed(at, op);
    }
  }

  #computed(at: number, op: number): void {
    const { code } = this.#fn;
    const value = code[at + 2];
    const full = FULL[OPS[op].results[0]];
    const transfer = TRANSFER[op];
    let width = transfer === undefined ? full : Math.min(full, transfer(this.#reader, at));
    if (this.#speculate && this.#hasWords) {
      if (op === OP["i256.add"] && this.#isCounter(value, width, at)) width = COUNTER_BITS;
      else if (op === OP["i256.sub"]) width = this.#countdown(at, width);
    }
    this.#grow(value, width);
  }

  /**
   * True for a sum with a small constant that grows from pass to pass beyond the width of a
   * counter.
   */
  #isCounter(value: number, width: number, at: number): boolean {
    if (width !== COUNTER_BITS + 1 || this.#pass === 0) return false;
    const { code } = this.#fn;
    const increase = Math.max(this.#constants[code[at + 3]], this.#constants[code[at + 4]]);
    const before = this.bits[value];
    return before > 0 && before <= COUNTER_BITS && increase >= 0 && increase < STEP_MAX;
  }

  #countdown(at: number, width: number): number {
    const { code } = this.#fn;
    const decrease = this.#constants[code[at + 4]];
    const from = this.bits[code[at + 3]];
    if (this.#isCarried[code[at + 3]] === 0) return width;
    return decrease >= 0 && decrease < STEP_MAX && from > 1 && from <= 64 ? from : width;
  }

  #constant(value: number, width: number, number: number): void {
    this.bits[value] = width;
    this.#constants[value] = number;
  }

  #grow(value: number, width: number): void {
    if (width <= this.bits[value]) return;
    this.bits[value] = this.#widen(width, this.#fn.valueTypes[value] as ValueType);
  }

  #setVariable(index: number, width: number): void {
    this.#variables[index] = width;
    if (width <= this.variableBits[index]) return;
    this.variableBits[index] = this.#widen(width, this.#fn.vars[index]);
    if (this.#atStart === undefined) this.#redoFrom = 0;
  }

  #fullResults(countAt: number): void {
    const { code, valueTypes } = this.#fn;
    for (let i = 1; i <= code[countAt]; i++) {
      this.bits[code[countAt + i]] = FULL[valueTypes[code[countAt + i]] as ValueType];
    }
  }

  #call(at: number): void {
    const { code } = this.#fn;
    const callee = this.#all[code[at + 2]];
    if (callee === undefined) return this.#fullResults(at + 3);
    if (!callee.#callers.includes(this)) callee.#callers.push(this);
    const results = code[at + 3];
    for (let i = 0; i < results; i++) this.#grow(code[at + 4 + i], callee.resultBits[i]);
    const args = at + 5 + results;
    for (let i = 0; i < callee.paramBits.length; i++) {
      const width = this.bits[code[args + i]];
      if (width <= callee.paramBits[i]) continue;
      callee.paramBits[i] = step(width, callee.#fn.params[i]);
      callee.isStale = true;
      this.#otherStale = true;
    }
  }

  #return(at: number): void {
    const { code, results } = this.#fn;
    for (let i = 0; i < results.length; i++) {
      const width = this.bits[code[at + 3 + i]];
      if (width <= this.resultBits[i]) continue;
      this.resultBits[i] = step(width, results[i]);
      for (const caller of this.#callers) caller.isStale = true;
      this.#otherStale = true;
    }
  }

  #passArguments(at: number, edge: number): void {
    const { code, blocks } = this.#fn;
    const args = edgeArguments(code, at, edge);
    const target = code[args - 1];
    const { params } = blocks[target];
    for (let i = 0; i < params.length; i++) {
      if (this.bits[code[args + 1 + i]] > this.bits[params[i]]) this.#redo(target);
      this.#grow(params[i], this.bits[code[args + 1 + i]]);
    }
  }

  #widen(width: number, type: ValueType): number {
    if (this.#pass === 0) return width;
    return this.#pass > PASSES_MAX ? FULL[type] : step(width, type);
  }
}

/** The next of the {@link STEPS}. */
function step(width: number, type: ValueType): number {
  const full = FULL[type];
  for (const bits of STEPS) if (bits >= width) return Math.min(bits, full);
  return full;
}

/** Bits of an unsigned 32-bit number. */
function bitsOf(word: number): number {
  return 32 - Math.clz32(word);
}
