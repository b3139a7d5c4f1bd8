import { lasting, scratch } from "../ir/array-source.ts";
import { operandPositions, resultPositions, targetPositions } from "../ir/forms.ts";
import type { IrBlock, IrFunction } from "../ir/function.ts";
import { OP, opWord } from "../ir/ops.ts";
import { I32, I64, type ValueType } from "../ir/value-type.ts";
import { wordIndex } from "./constants.ts";

/** Words of a function that is copied into its callers: about forty instructions. */
const CALLEE_WORDS_MAX = 240;
/** Words by which a caller may grow besides its own length. */
const GROWTH_WORDS_MAX = 2_000;

/** True for a function that may be copied into its callers: it is small, has no loop and calls no other. */
export function isInlinable({ code, blocks }: IrFunction): boolean {
  if (code.length > CALLEE_WORDS_MAX) return false;
  const positions: number[] = [];
  for (let block = 0; block < blocks.length; block++) {
    const { start, end } = blocks[block];
    for (let at = start; at < end; at += code[at] >>> 8) {
      const op = code[at] & 0xff;
      if (op === OP.call || op === OP["call.indirect"]) return false;
      // Passes leave blocks in reverse postorder, in which only loops lead back.
      for (let i = targetPositions(code, at, positions); i > 0; i--) {
        if (code[positions[i - 1]] <= block) return false;
      }
    }
  }
  return true;
}

/**
 * Copies functions into their callers: V8 does not do it for WebAssembly. `callees[index]` is the function to copy in place of a call of
 * function `index`; undefined = call it. Answers `fn` itself if it calls none of them. A block with a copied call
 * ends there; what follows is a new block whose parameters are the results.
 */
export function inlineCalls(
  fn: IrFunction,
  callees: readonly (IrFunction | undefined)[],
  words: readonly bigint[],
): IrFunction {
  return callsAny(fn, callees) ? new Inliner(fn, callees, words).run() : fn;
}

function callsAny({ code, blocks }: IrFunction, callees: readonly unknown[]): boolean {
  for (const { start, end } of blocks) {
    for (let at = start; at < end; at += code[at] >>> 8) {
      if ((code[at] & 0xff) === OP.call && callees[code[at + 2]] !== undefined) return true;
    }
  }
  return false;
}

class Inliner {
  readonly #fn: IrFunction;
  readonly #callees: readonly (IrFunction | undefined)[];
  readonly #words: readonly bigint[];
  #code: Int32Array;
  #length = 0;
  #types: Uint8Array;
  #valueCount: number;
  readonly #vars: ValueType[];
  /** Where the variables of each copied function begin: all its copies share them. */
  readonly #varBase = new Map<number, number>();
  readonly #blocks: IrBlock[];
  readonly #positions: number[] = [];
  #growth = 0;
  /** The block being written. */
  #block = 0;
  #start = 0;

  constructor(
    fn: IrFunction,
    callees: readonly (IrFunction | undefined)[],
    words: readonly bigint[],
  ) {
    this.#fn = fn;
    this.#callees = callees;
    this.#words = words;
    this.#code = scratch.int32s(fn.code.length * 2 + 64);
    this.#types = scratch.copyOfUint8s(fn.valueTypes, 0, fn.valueCount);
    this.#valueCount = fn.valueCount;
    this.#vars = [...fn.vars];
    this.#blocks = [...fn.blocks];
  }

  run(): IrFunction {
    const { code, blocks } = this.#fn;
    const allowed = code.length + GROWTH_WORDS_MAX;
    blocks.forEach(({ start, end }, block) => {
      this.#begin(block);
      for (let at = start; at < end; at += code[at] >>> 8) {
        const isCall = (code[at] & 0xff) === OP.call;
        const callee = isCall ? this.#callees[code[at + 2]] : undefined;
        if (callee !== undefined && this.#growth + callee.code.length <= allowed) {
          this.#inline(at, code[at + 2], callee);
          this.#growth += callee.code.length;
        } else this.#append(code, at);
      }
      this.#end();
    });
    return {
      ...this.#fn,
      vars: this.#vars,
      valueTypes: lasting.copyOfUint8s(this.#types, 0, this.#valueCount),
      valueCount: this.#valueCount,
      blocks: this.#blocks,
      code: lasting.copyOfInt32s(this.#code, 0, this.#length),
    };
  }

  #begin(block: number): void {
    this.#block = block;
    this.#start = this.#length;
  }

  #end(): void {
    const { params } = this.#blocks[this.#block];
    this.#blocks[this.#block] = { params, start: this.#start, end: this.#length };
  }

  /** A new block, to be written later. */
  #newBlock(params: readonly number[]): number {
    return this.#blocks.push({ params, start: 0, end: 0 }) - 1;
  }

  #reserve(words: number): Int32Array {
    if (this.#length + words > this.#code.length) {
      const grown = scratch.int32s(this.#code.length * 2 + words);
      grown.set(this.#code);
      this.#code = grown;
    }
    return this.#code;
  }

  /** Copies the instruction at `from`; answers where it stands. */
  #append(source: Int32Array, from: number): number {
    const words = source[from] >>> 8;
    const code = this.#reserve(words);
    const at = this.#length;
    for (let i = 0; i < words; i++) code[at + i] = source[from + i];
    this.#length += words;
    return at;
  }

  #newValue(type: ValueType): number {
    if (this.#valueCount === this.#types.length) {
      const grown = scratch.uint8s(this.#types.length * 2 + 16);
      grown.set(this.#types);
      this.#types = grown;
    }
    this.#types[this.#valueCount] = type;
    return this.#valueCount++;
  }

  /** Writes the callee in place of the call at `at` of the caller. */
  #inline(at: number, index: number, callee: IrFunction): void {
    const { code } = this.#fn;
    const results = code[at + 3];
    const args = at + 4 + results;
    const valueBase = this.#valueCount;
    for (let v = 0; v < callee.valueCount; v++) this.#newValue(callee.valueTypes[v] as ValueType);
    const after = this.#newBlock([...code.subarray(at + 4, at + 4 + results)]);
    const blockBase = this.#blocks.length;
    for (const { params } of callee.blocks) this.#newBlock(params.map((p) => p + valueBase));
    this.#branch(code[at + 1], blockBase, code.subarray(args + 1, args + 1 + code[args]), 0);
    this.#end();
    const varBase = this.#variables(index, callee);
    callee.blocks.forEach(({ start, end }, block) => {
      this.#begin(blockBase + block);
      if (block === 0) this.#clearVariables(callee, varBase, code[at + 1]);
      for (let from = start; from < end; from += callee.code[from] >>> 8) {
        this.#appendCallee(callee.code, from, valueBase, blockBase, varBase, after);
      }
      this.#end();
    });
    this.#begin(after);
  }

  #branch(position: number, target: number, args: ArrayLike<number>, valueBase: number): void {
    const code = this.#reserve(4 + args.length);
    let at = this.#length;
    code[at++] = opWord(OP.br, 4 + args.length);
    code[at++] = position;
    code[at++] = target;
    code[at++] = args.length;
    for (let i = 0; i < args.length; i++) code[at++] = args[i] + valueBase;
    this.#length = at;
  }

  #appendCallee(
    source: Int32Array,
    from: number,
    valueBase: number,
    blockBase: number,
    varBase: number,
    after: number,
  ): void {
    const op = source[from] & 0xff;
    if (op === OP.ret) {
      const values = source.subarray(from + 3, from + 3 + source[from + 2]);
      this.#branch(source[from + 1], after, values, valueBase);
      return;
    }
    const at = this.#append(source, from);
    const code = this.#code;
    const positions = this.#positions;
    for (let i = operandPositions(code, at, positions); i > 0; i--)
      code[positions[i - 1]] += valueBase;
    for (let i = resultPositions(code, at, positions); i > 0; i--)
      code[positions[i - 1]] += valueBase;
    for (let i = targetPositions(code, at, positions); i > 0; i--)
      code[positions[i - 1]] += blockBase;
    if (op === OP["var.get"] || op === OP["var.set"]) code[at + 3] += varBase;
  }

  #variables(index: number, callee: IrFunction): number {
    let base = this.#varBase.get(index);
    if (base === undefined) {
      base = this.#vars.length;
      this.#vars.push(...callee.vars);
      this.#varBase.set(index, base);
    }
    return base;
  }

  /** Variables are zero when a function is entered. */
  #clearVariables(callee: IrFunction, base: number, position: number): void {
    callee.vars.forEach((type, i) => {
      const code = this.#reserve(16);
      const zero = this.#newValue(type);
      const at = this.#length;
      const [op, words] =
        type === I32
          ? [OP["i32.const"], 4]
          : type === I64
            ? [OP["i64.const"], 5]
            : [OP["i256.const"], 4];
      code.set([opWord(op, words), position, zero, 0, 0], at);
      if (op === OP["i256.const"]) code[at + 3] = wordIndex(this.#words, 0n);
      code.set([opWord(OP["var.set"], 4), position, zero, base + i], at + words);
      this.#length = at + words + 4;
    });
  }
}
