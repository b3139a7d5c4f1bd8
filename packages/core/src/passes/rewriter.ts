import { lasting, scratch } from "../ir/array-source.ts";
import { analyseControlFlow, type ControlFlow } from "../ir/control-flow.ts";
import { operandPositions, resultPositions, targetPositions } from "../ir/forms.ts";
import type { IrBlock, IrFunction, IrModule } from "../ir/function.ts";
import { OP, OPS, opWord, TERMINATES } from "../ir/ops.ts";

/** What a pass does to each instruction while a function is written anew. */
export interface Visitor {
  /** A block begins. `continues`: its only way in is the block that was written just before it. */
  begin?(r: Rewriter, block: number, continues: boolean): void;
  /**
   * The instruction at `at` of `r.code`, the last one there, has its final operands. The visitor may change it, write others
   * before it, or drop it (`r.length = at`). Returns where it stands then; -1 = dropped.
   */
  visit(r: Rewriter, at: number): number;
}

/** The value at the end of the chain of replacements that begins at `value`; shortens the chain. */
export function findRoot(replacement: Int32Array, value: number): number {
  const next = replacement[value];
  if (next < 0) return value;
  let root = next;
  while (replacement[root] >= 0) root = replacement[root];
  for (let at = value; at !== root; ) {
    const following = replacement[at];
    replacement[at] = root;
    at = following;
  }
  return root;
}

/** How the blocks are put together anew; all arrays are indexed by block, or by value. */
export interface Plan {
  /** Position of the `br` of a block that does nothing else: edges to it go where it goes. -1 = no such block. */
  readonly forwardAt?: Int32Array;
  /** The block that is written directly behind this one, whose only successor it is; -1 = none. */
  readonly join?: Int32Array;
  /** Value that stands for this one; -1 = itself. */
  readonly replacement?: Int32Array;
  /** 1 = this block parameter is dropped. */
  readonly dropped?: Uint8Array;
  /** Number the values anew, in the order of their definitions. */
  readonly renumber?: boolean;
}

const NONE = -1;
const DIFFERENT = -2;

/**
 * Writes a function anew in reverse postorder, and lets visitors change what is written. Blocks that cannot be reached, and those that
 * can no longer be reached because a visitor folded a branch, are left out. One pass over the code, no object per
 * instruction.
 */
export class Rewriter {
  readonly fn: IrFunction;
  readonly module: IrModule;
  readonly flow: ControlFlow;
  /** What has been written. */
  code: Int32Array;
  length = 0;
  /** Where the fixed operation that defines a value stands in `code`; -1 = parameter, result of a call, or not yet. */
  defAt: Int32Array;
  valueTypes: Uint8Array;
  valueCount: number;
  /** Value that stands for this one; -1 = itself. */
  replacement: Int32Array;
  /** Numbers that values have in what is written, if they are numbered anew. */
  readonly #numbers: Int32Array | undefined;
  readonly #plan: Plan;
  readonly #visitors: readonly Visitor[];
  readonly #blocks: IrBlock[] = [];
  readonly #newIndex: Int32Array;
  readonly #terminators: number[] = [];
  readonly #executable: Uint8Array;
  /** The one value that all edges so far give to a parameter; NONE or DIFFERENT. */
  readonly #given: Int32Array;
  /** Arguments of the edge in view. */
  readonly #args: number[] = [];
  readonly #forwarded: number[] = [];
  readonly #positions: number[] = [];

  constructor(
    fn: IrFunction,
    module: IrModule,
    visitors: readonly Visitor[],
    plan: Plan = {},
    flow: ControlFlow = analyseControlFlow(fn),
  ) {
    this.fn = fn;
    this.module = module;
    this.flow = flow;
    this.#plan = plan;
    this.#visitors = visitors;
    this.code = scratch.int32s(fn.code.length + 64);
    this.defAt = scratch.int32s(fn.valueCount).fill(NONE);
    this.valueTypes = plan.renumber
      ? scratch.uint8s(fn.valueCount)
      : scratch.copyOfUint8s(fn.valueTypes, 0, fn.valueCount);
    this.valueCount = plan.renumber ? 0 : fn.valueCount;
    this.replacement = plan.replacement ?? scratch.int32s(fn.valueCount).fill(NONE);
    this.#numbers = plan.renumber ? scratch.int32s(fn.valueCount).fill(NONE) : undefined;
    this.#newIndex = scratch.int32s(fn.blocks.length).fill(NONE);
    this.#executable = scratch.uint8s(fn.blocks.length);
    this.#given = scratch.int32s(fn.valueCount).fill(NONE);
  }

  /** The function as written. */
  run(): IrFunction {
    const { fn, flow } = this;
    const { forwardAt, join } = this.#plan;
    const joined = scratch.uint8s(fn.blocks.length);
    if (join !== undefined) for (const next of join) if (next !== NONE) joined[next] = 1;
    this.#executable[0] = 1;
    let previous = NONE;
    for (const block of flow.order) {
      if (joined[block] === 1 || (forwardAt !== undefined && forwardAt[block] !== NONE)) continue;
      if (flow.isReducible && this.#executable[block] === 0) continue;
      const start = this.length;
      this.#newIndex[block] = this.#blocks.length;
      const params = this.#beginBlock(block, this.#isOnlyWayIn(block, previous));
      previous = this.#writeChain(block);
      this.#blocks.push({ params, start, end: this.length });
    }
    this.#patchTargets();
    return {
      name: fn.name,
      params: fn.params,
      results: fn.results,
      vars: fn.vars,
      valueTypes: lasting.copyOfUint8s(this.valueTypes, 0, this.valueCount),
      valueCount: this.valueCount,
      blocks: this.#blocks,
      code: lasting.copyOfInt32s(this.code, 0, this.length),
    };
  }

  /** The value that stands for `value` in what is written. */
  resolve(value: number): number {
    const result = findRoot(this.replacement, value);
    return this.#numbers === undefined ? result : this.#numbers[result];
  }

  /** Makes room for `words` more words. */
  reserve(words: number): void {
    if (this.length + words <= this.code.length) return;
    const grown = scratch.int32s(this.code.length * 2 + words);
    grown.set(this.code);
    this.code = grown;
  }

  /** Writes an operation without operands and with at most one immediate before the last instruction, which is at `at`. */
  insertBefore(at: number, op: number, immediate: number): number {
    const words = 2 + OPS[op].immediates;
    this.reserve(words);
    const { code } = this;
    code.copyWithin(at + words, at, this.length);
    code[at] = opWord(op, words);
    code[at + 1] = code[at + words + 1];
    if (words > 2) code[at + 2] = immediate;
    this.length += words;
    return at + words;
  }

  #isOnlyWayIn(block: number, previous: number): boolean {
    const { predecessorStart, predecessors } = this.flow;
    const first = predecessorStart[block];
    return predecessorStart[block + 1] - first === 1 && predecessors[first] === previous;
  }

  #beginBlock(block: number, continues: boolean): number[] {
    const { dropped } = this.#plan;
    const params: number[] = [];
    const settles = block !== 0 && this.flow.isLoopHeader[block] === 0;
    for (const param of this.fn.blocks[block].params) {
      if (dropped !== undefined && dropped[param] === 1) continue;
      if (settles && this.#given[param] >= 0) this.replacement[param] = this.#given[param];
      params.push(this.#define(param));
    }
    for (const visitor of this.#visitors) visitor.begin?.(this, block, continues);
    return params;
  }

  /** The number of a value that is being defined. */
  #define(value: number): number {
    if (this.#numbers === undefined) return value;
    const number = this.valueCount++;
    this.#numbers[value] = number;
    this.valueTypes[number] = this.fn.valueTypes[value];
    return number;
  }

  /** Writes `block` and what is joined to it; returns the last of these. */
  #writeChain(block: number): number {
    const { join } = this.#plan;
    let last = block;
    for (;;) {
      const next = join === undefined ? NONE : join[last];
      this.#writeBlock(last, next !== NONE);
      if (next === NONE) return last;
      const { params } = this.fn.blocks[next];
      params.forEach((param, i) => {
        if (this.replacement[param] < 0) this.replacement[param] = this.#args[i];
      });
      last = next;
    }
  }

  #writeBlock(block: number, isJoined: boolean): void {
    const { code, blocks } = this.fn;
    const { end } = blocks[block];
    for (let at = blocks[block].start; at < end; at += code[at] >>> 8) {
      const op = code[at] & 0xff;
      if (op === OP.nop) continue;
      if ((OPS[op].effects & TERMINATES) === 0) this.#copy(at, op);
      else if (isJoined) this.#takeEdge(at + 2);
      else this.#writeTerminator(at, op);
    }
  }

  #copy(from: number, op: number): number {
    const source = this.fn.code;
    const words = source[from] >>> 8;
    this.reserve(words + 16);
    const { code } = this;
    const at = this.length;
    for (let i = 0; i < words; i++) code[at + i] = source[from + i];
    this.length = at + words;
    const { variadic, argCount, resultCount } = OPS[op];
    if (variadic) {
      const count = operandPositions(code, at, this.#positions);
      for (let i = 0; i < count; i++) {
        const position = this.#positions[i];
        code[position] = this.resolve(code[position]);
      }
    } else {
      const first = at + 2 + resultCount;
      for (let i = first; i < first + argCount; i++) code[i] = this.resolve(code[i]);
      if (resultCount === 1) this.defAt[code[at + 2]] = at;
    }
    return this.#visit(at);
  }

  /** Shows the last instruction to the visitors; returns where it stands then, or -1. */
  #visit(at: number): number {
    let place = at;
    for (const visitor of this.#visitors) {
      place = visitor.visit(this, place);
      if (place < 0) return place;
    }
    if (this.#numbers !== undefined) {
      const count = resultPositions(this.code, place, this.#positions);
      for (let i = 0; i < count; i++) {
        const position = this.#positions[i];
        this.code[position] = this.#define(this.code[position]);
      }
    }
    return place;
  }

  #writeTerminator(from: number, op: number): void {
    let at = this.length;
    if (op === OP.br || op === OP["br.if"]) {
      const source = this.fn.code;
      this.reserve(16);
      this.code[at + 1] = source[from + 1];
      this.length = at + 2;
      if (op === OP.br) this.#writeEdge(from + 2);
      else {
        this.code[this.length++] = this.resolve(source[from + 2]);
        this.#writeEdge(from + 3);
        this.#writeEdge(from + 5 + source[from + 4]);
      }
      this.code[at] = opWord(op, this.length - at);
      at = this.#visit(at);
    } else {
      at = this.#copy(from, op);
      if (op === OP.switch) this.#forwardSwitch(at);
    }
    this.#terminators.push(at);
    this.#noteEdges(at);
  }

  /** Writes block, count and arguments of the edge at `from` of the source. */
  #writeEdge(from: number): void {
    const target = this.#takeEdge(from);
    const { dropped } = this.#plan;
    const args = this.#args;
    const { params } = this.fn.blocks[target];
    this.reserve(params.length + 16);
    const { code } = this;
    const at = this.length;
    code[at] = target;
    let count = 0;
    for (let i = 0; i < params.length; i++) {
      if (dropped !== undefined && dropped[params[i]] === 1) continue;
      code[at + 2 + count] = args[i];
      count++;
    }
    code[at + 1] = count;
    this.length = at + 2 + count;
  }

  /** Follows the edge at `from` of the source to the block that it now leads to; its arguments are in `#args`. */
  #takeEdge(from: number): number {
    const source = this.fn.code;
    const { forwardAt } = this.#plan;
    const args = this.#args;
    let target = source[from];
    args.length = 0;
    for (let i = 0; i < source[from + 1]; i++) args.push(this.resolve(source[from + 2 + i]));
    while (forwardAt !== undefined && forwardAt[target] !== NONE) {
      const { params } = this.fn.blocks[target];
      const branch = forwardAt[target];
      const next = this.#forwarded;
      next.length = 0;
      for (let i = 0; i < source[branch + 3]; i++) {
        const value = source[branch + 4 + i];
        const param = params.indexOf(value);
        next.push(param < 0 ? this.resolve(value) : args[param]);
      }
      args.length = 0;
      for (const value of next) args.push(value);
      target = source[branch + 2];
    }
    return target;
  }

  /** Lets the edges of a switch, which carry no arguments, go where forwarding blocks go. */
  #forwardSwitch(at: number): void {
    const { forwardAt } = this.#plan;
    if (forwardAt === undefined) return;
    const source = this.fn.code;
    const count = targetPositions(this.code, at, this.#positions);
    for (let i = 0; i < count; i++) {
      let target = this.code[this.#positions[i]];
      while (forwardAt[target] !== NONE) target = source[forwardAt[target] + 2];
      this.code[this.#positions[i]] = target;
    }
  }

  /** Notes which blocks can be reached and what their parameters are given. */
  #noteEdges(at: number): void {
    const { code } = this;
    const { dropped } = this.#plan;
    const hasArgs = (code[at] & 0xff) !== OP.switch;
    const count = targetPositions(code, at, this.#positions);
    for (let i = 0; i < count; i++) {
      const position = this.#positions[i];
      this.#executable[code[position]] = 1;
      if (!hasArgs || code[position + 1] === 0 || this.#numbers !== undefined) continue;
      let arg = position + 2;
      for (const param of this.fn.blocks[code[position]].params) {
        if (dropped !== undefined && dropped[param] === 1) continue;
        const value = code[arg++];
        const known = this.#given[param];
        this.#given[param] = known === NONE || known === value ? value : DIFFERENT;
      }
    }
  }

  #patchTargets(): void {
    const { code } = this;
    for (const at of this.#terminators) {
      const count = targetPositions(code, at, this.#positions);
      for (let i = 0; i < count; i++) {
        const position = this.#positions[i];
        code[position] = this.#newIndex[code[position]];
      }
    }
  }
}
