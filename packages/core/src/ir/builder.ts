import { assert } from "@dragoman/fault";
import { lasting, scratch } from "./array-source.ts";
import type { IrBlock, IrFunction } from "./function.ts";
import { OP, OPS, type OpName, opWord } from "./ops.ts";
import { I32, I64, I256, type ValueType } from "./value-type.ts";

/** Words of constants of a module, one index per distinct value. */
export class WordPool {
  readonly words: bigint[] = [];
  readonly #indices = new Map<bigint, number>();

  index(word: bigint): number {
    let index = this.#indices.get(word);
    if (index === undefined) {
      index = this.words.length;
      this.words.push(word);
      this.#indices.set(word, index);
    }
    return index;
  }
}

const CODE_WORDS = 1024;
const SPARE_WORDS_MAX = 1 << 16;
const spareCode: Int32Array[] = [];

interface OpenBlock {
  params: number[];
  start: number;
  end: number;
}

/**
 * Appends instructions to one function. A block's instructions are written in one go: `begin(block)`, then
 * operations, the last of which terminates; blocks may be created at any time and begun in any order.
 * `position` is stamped on every instruction.
 */
export class FunctionBuilder {
  position = -1;
  readonly name: string;
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
  readonly #pool: WordPool;
  readonly #vars: ValueType[] = [];
  readonly #blocks: OpenBlock[] = [];
  /** Words of code, of which {@link length} are written; the buffer of a builder that is done serves the next. */
  #code = spareCode.pop() ?? new Int32Array(CODE_WORDS);
  #length = 0;
  #types = scratch.uint8s(256);
  #valueCount = 0;
  #current = -1;

  constructor(
    name: string,
    params: readonly ValueType[],
    results: readonly ValueType[],
    pool: WordPool,
  ) {
    this.name = name;
    this.params = params;
    this.results = results;
    this.#pool = pool;
    this.block(params);
  }

  /** A new block with parameters of the given types. Block 0 (the entry) exists from the start. */
  block(params: readonly ValueType[] = []): number {
    const values = params.map((type) => this.#value(type));
    this.#blocks.push({ params: values, start: -1, end: -1 });
    return this.#blocks.length - 1;
  }

  /** The values that block `index` receives. */
  blockParams(index: number): readonly number[] {
    return this.#blocks[index]!.params;
  }

  get blockCount(): number {
    return this.#blocks.length;
  }

  /** Words written so far: what a budget on expansion looks at. */
  get length(): number {
    return this.#length;
  }

  /** True while a block is open, that is, begun and not terminated. */
  get isOpen(): boolean {
    return this.#current >= 0;
  }

  typeOf(value: number): ValueType {
    return this.#types[value] as ValueType;
  }

  /** Declares a variable; returns its index. */
  variable(type: ValueType): number {
    this.#vars.push(type);
    return this.#vars.length - 1;
  }

  begin(block: number): void {
    assert(this.#current === -1, "begin inside an open block");
    const entry = this.#blocks[block]!;
    assert(entry.start === -1, "a block is written once");
    entry.start = this.#length;
    this.#current = block;
  }

  #value(type: ValueType): number {
    if (this.#valueCount === this.#types.length) {
      const grown = scratch.uint8s(this.#types.length * 2);
      grown.set(this.#types);
      this.#types = grown;
    }
    this.#types[this.#valueCount] = type;
    return this.#valueCount++;
  }

  #reserve(words: number): number {
    const at = this.#length;
    if (at + words > this.#code.length) {
      const grown = scratch.int32s(Math.max(this.#code.length * 2, at + words));
      grown.set(this.#code);
      this.#code = grown;
    }
    this.#length = at + words;
    return at;
  }

  #head(op: number, words: number): number {
    const at = this.#reserve(words);
    this.#code[at] = opWord(op, words);
    this.#code[at + 1] = this.position;
    return at + 2;
  }

  /**
   * Writes a fixed operation: its arguments, then its immediates. Returns the first result, or -1.
   * `var.get` and `var.set` have {@link getVar} and {@link setVar}.
   */
  emit(op: number, a = 0, b = 0, c = 0, d = 0, e = 0): number {
    const info = OPS[op]!;
    const n = info.argCount + info.immediates;
    let at = this.#head(op, 2 + info.resultCount + n);
    const code = this.#code;
    let result = -1;
    if (info.resultCount === 1) {
      result = this.#value(info.results[0]!);
      code[at++] = result;
    }
    if (n > 0) code[at] = a;
    if (n > 1) code[at + 1] = b;
    if (n > 2) code[at + 2] = c;
    if (n > 3) code[at + 3] = d;
    if (n > 4) code[at + 4] = e;
    if (op === OP.exit || op === OP.trap) this.#finish();
    return result;
  }

  /** {@link emit} by name. */
  op(name: OpName, ...operands: number[]): number {
    return this.emit(OP[name], operands[0], operands[1], operands[2], operands[3], operands[4]);
  }

  const32(value: number): number {
    return this.emit(OP["i32.const"], value | 0);
  }

  const64(value: bigint): number {
    return this.emit(
      OP["i64.const"],
      Number(BigInt.asIntN(32, value)),
      Number(BigInt.asIntN(32, value >> 32n)),
    );
  }

  /** An i64 constant from its two 32-bit halves. */
  const64Parts(low: number, high: number): number {
    return this.emit(OP["i64.const"], low, high);
  }

  const256(value: bigint): number {
    return this.emit(OP["i256.const"], this.#pool.index(value));
  }

  getVar(index: number): number {
    const result = this.#value(this.#vars[index]!);
    const at = this.#head(OP["var.get"], 4);
    this.#code[at] = result;
    this.#code[at + 1] = index;
    return result;
  }

  setVar(index: number, value: number): void {
    const at = this.#head(OP["var.set"], 4);
    this.#code[at] = value;
    this.#code[at + 1] = index;
  }

  #call(
    op: number,
    prefix: readonly number[],
    results: readonly ValueType[],
    args: readonly number[],
  ): number[] {
    let at = this.#head(op, 2 + prefix.length + 2 + results.length + args.length);
    for (const word of prefix) this.#code[at++] = word;
    this.#code[at++] = results.length;
    const values = results.map((type) => this.#value(type));
    for (const value of values) this.#code[at++] = value;
    this.#code[at++] = args.length;
    for (const arg of args) this.#code[at++] = arg;
    return values;
  }

  call(fn: number, results: readonly ValueType[], args: readonly number[]): number[] {
    return this.#call(OP.call, [fn], results, args);
  }

  callIndirect(
    signature: number,
    index: number,
    results: readonly ValueType[],
    args: readonly number[],
  ): number[] {
    return this.#call(OP["call.indirect"], [signature, index], results, args);
  }

  host(fn: number, results: readonly ValueType[], args: readonly number[]): number[] {
    return this.#call(OP.host, [fn], results, args);
  }

  hostIf(condition: number, fn: number, args: readonly number[]): void {
    let at = this.#head(OP["host.if"], 2 + 3 + args.length);
    this.#code[at++] = fn;
    this.#code[at++] = condition;
    this.#code[at++] = args.length;
    for (const arg of args) this.#code[at++] = arg;
  }

  br(block: number, args: readonly number[] = []): void {
    let at = this.#head(OP.br, 4 + args.length);
    this.#code[at++] = block;
    this.#code[at++] = args.length;
    for (const arg of args) this.#code[at++] = arg;
    this.#finish();
  }

  brIf(
    condition: number,
    then: number,
    thenArgs: readonly number[],
    otherwise: number,
    otherwiseArgs: readonly number[],
  ): void {
    let at = this.#head(OP["br.if"], 7 + thenArgs.length + otherwiseArgs.length);
    this.#code[at++] = condition;
    this.#code[at++] = then;
    this.#code[at++] = thenArgs.length;
    for (const arg of thenArgs) this.#code[at++] = arg;
    this.#code[at++] = otherwise;
    this.#code[at++] = otherwiseArgs.length;
    for (const arg of otherwiseArgs) this.#code[at++] = arg;
    this.#finish();
  }

  /** Jumps to `blocks[index]`, or to `otherwise` if the unsigned index is out of range. */
  switch(index: number, blocks: readonly number[], otherwise: number): void {
    let at = this.#head(OP.switch, 5 + blocks.length);
    this.#code[at++] = index;
    this.#code[at++] = blocks.length;
    for (const block of blocks) this.#code[at++] = block;
    this.#code[at] = otherwise;
    this.#finish();
  }

  ret(values: readonly number[] = []): void {
    let at = this.#head(OP.ret, 3 + values.length);
    this.#code[at++] = values.length;
    for (const value of values) this.#code[at++] = value;
    this.#finish();
  }

  #finish(): void {
    assert(this.#current >= 0, "a terminator outside a block");
    this.#blocks[this.#current]!.end = this.#length;
    this.#current = -1;
  }

  /** The finished function. Every block must have been written. */
  build(): IrFunction {
    assert(this.#current === -1, "the last block is not terminated");
    const blocks: IrBlock[] = this.#blocks.map((block, index) => {
      assert(block.start >= 0, `block ${index} of ${this.name} was never written`);
      return block;
    });
    const code = lasting.copyOfInt32s(this.#code, 0, this.#length);
    if (this.#code.length <= SPARE_WORDS_MAX) spareCode.push(this.#code);
    this.#code = code;
    return {
      name: this.name,
      params: this.params,
      results: this.results,
      vars: this.#vars,
      valueTypes: lasting.copyOfUint8s(this.#types, 0, this.#valueCount),
      valueCount: this.#valueCount,
      blocks,
      code,
    };
  }
}

/** Zero of a type as a constant. */
export function emitZero(builder: FunctionBuilder, type: ValueType): number {
  if (type === I32) return builder.const32(0);
  if (type === I64) return builder.const64(0n);
  assert(type === I256, "unknown value type");
  return builder.const256(0n);
}
