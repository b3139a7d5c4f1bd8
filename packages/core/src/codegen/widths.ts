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
const PASSES_MAX = 8;

/** Upper bounds: value v < 2^bits[v]; variable likewise, over all that is ever stored in it. */
export interface Widths {
  readonly bits: Uint16Array;
  readonly variableBits: Uint16Array;
}

/** Bits of each word of a module's pool. */
export function wordBits(words: readonly bigint[]): Uint16Array {
  return Uint16Array.from(words, bitLength);
}

function bitLength(word: bigint): number {
  return word === 0n
    ? 0
    : word.toString(16).length * 4 - (Math.clz32(Number.parseInt(word.toString(16)[0], 16)) - 28);
}

/**
 * Bounds of all values: forward data flow over the blocks in reverse postorder, starting from nothing, until nothing grows.
 * What grows again in a later pass grows by {@link STEPS}. A function without words is not analysed: its values have full width.
 */
export function findWidths(
  fn: IrFunction,
  flow: ControlFlow,
  poolBits: Uint16Array,
  words: readonly bigint[],
): Widths {
  const analysis = new WidthAnalysis(fn, flow, poolBits, words);
  if (fn.valueTypes.includes(I256) || fn.vars.includes(I256)) analysis.run();
  else analysis.assumeNothing();
  return analysis;
}

class WidthAnalysis implements Widths {
  readonly bits: Uint16Array;
  readonly variableBits: Uint16Array;
  readonly #fn: IrFunction;
  readonly #flow: ControlFlow;
  readonly #poolBits: Uint16Array;
  readonly #words: readonly bigint[];
  readonly #constants: Int32Array;
  readonly #reader: Reader;
  #pass = 0;
  #grown = false;

  constructor(fn: IrFunction, flow: ControlFlow, poolBits: Uint16Array, words: readonly bigint[]) {
    this.#fn = fn;
    this.#flow = flow;
    this.#poolBits = poolBits;
    this.#words = words;
    this.bits = new Uint16Array(fn.valueCount);
    this.variableBits = new Uint16Array(fn.vars.length);
    this.#constants = new Int32Array(fn.valueCount).fill(-1);
    this.#reader = { code: fn.code, bits: this.bits, constants: this.#constants };
  }

  assumeNothing(): void {
    const { valueTypes, vars } = this.#fn;
    for (let v = 0; v < this.bits.length; v++) this.bits[v] = FULL[valueTypes[v] as ValueType];
    for (let v = 0; v < vars.length; v++) this.variableBits[v] = FULL[vars[v]];
  }

  run(): void {
    const { code, blocks, valueTypes } = this.#fn;
    for (const value of blocks[0].params) this.bits[value] = FULL[valueTypes[value] as ValueType];
    for (this.#grown = true; this.#grown; this.#pass++) {
      this.#grown = false;
      for (const block of this.#flow.order) {
        const { start, end } = blocks[block];
        for (let at = start; at < end; at += code[at] >>> 8) this.#instruction(at);
      }
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
        return this.#grow(code[at + 2], this.variableBits[code[at + 3]]);
      case OP["var.set"]:
        return this.#growVariable(code[at + 3], this.bits[code[at + 2]]);
      case OP.call:
      case OP.host:
        return this.#fullResults(at + 3);
      case OP["call.indirect"]:
        return this.#fullResults(at + 4);
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
    const full = FULL[OPS[op].results[0]];
    const transfer = TRANSFER[op];
    const width = transfer === undefined ? full : transfer(this.#reader, at);
    this.#grow(this.#fn.code[at + 2], Math.min(width, full));
  }

  #constant(value: number, width: number, number: number): void {
    this.bits[value] = width;
    this.#constants[value] = number;
  }

  #grow(value: number, width: number): void {
    if (width <= this.bits[value]) return;
    this.bits[value] = this.#widen(width, this.#fn.valueTypes[value] as ValueType);
    this.#grown = true;
  }

  #growVariable(index: number, width: number): void {
    if (width <= this.variableBits[index]) return;
    this.variableBits[index] = this.#widen(width, this.#fn.vars[index]);
    this.#grown = true;
  }

  #fullResults(countAt: number): void {
    const { code, valueTypes } = this.#fn;
    for (let i = 1; i <= code[countAt]; i++) {
      this.bits[code[countAt + i]] = FULL[valueTypes[code[countAt + i]] as ValueType];
    }
  }

  #passArguments(at: number, edge: number): void {
    const { code, blocks } = this.#fn;
    const args = edgeArguments(code, at, edge);
    const { params } = blocks[code[args - 1]];
    for (let i = 0; i < params.length; i++) this.#grow(params[i], this.bits[code[args + 1 + i]]);
  }

  #widen(width: number, type: ValueType): number {
    if (this.#pass === 0) return width;
    const full = FULL[type];
    if (this.#pass > PASSES_MAX) return full;
    for (const step of STEPS) if (step >= width) return Math.min(step, full);
    return full;
  }
}

/** Bits of an unsigned 32-bit number. */
function bitsOf(word: number): number {
  return 32 - Math.clz32(word);
}
