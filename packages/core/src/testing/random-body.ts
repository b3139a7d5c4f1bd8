import type { FunctionBuilder } from "../ir/builder.ts";
import type { IrSignature } from "../ir/function.ts";
import { I32, I64, I256, type ValueType } from "../ir/value-type.ts";
import type { Random } from "./random.ts";
import { GUEST_MEMORY } from "./random-hosts.ts";
import { RANDOM_INSTRUCTIONS } from "./random-instructions.ts";

const TYPES: readonly ValueType[] = [I32, I64, I64, I256];
const DEPTH_MAX = 4;

/** Writes one function: nested regions of control flow over values in scope. */
export class RandomBody {
  readonly builder: FunctionBuilder;
  readonly random: Random;
  readonly signatures: readonly IrSignature[];
  /** Number of the function being written. */
  readonly index: number;
  /** Types of the variables. */
  readonly vars: ValueType[] = [];
  /** True: some `region.*` operations predict the wrong region, on which compiled code gives up. */
  readonly guessesWrong: boolean;
  /** Words that this function has surely pushed on the operand stack. */
  operands = 0;
  #left = 0;
  #scopes = 0;
  /** Values that may be read here, by type. */
  readonly #scope: [number[], number[], number[]] = [[], [], []];

  constructor(
    builder: FunctionBuilder,
    random: Random,
    signatures: readonly IrSignature[],
    index: number,
    guessesWrong: boolean,
  ) {
    this.guessesWrong = guessesWrong;
    this.builder = builder;
    this.random = random;
    this.signatures = signatures;
    this.index = index;
  }

  /** Writes about `instructions` instructions. */
  write(instructions: number): void {
    const { builder, random } = this;
    this.#left = instructions;
    const count = random.below(5);
    for (let i = 0; i < count; i++) {
      const type = random.pick(TYPES);
      this.vars.push(type);
      builder.variable(type);
    }
    builder.begin(0);
    this.#enter(0);
    this.#region(0);
    this.leave();
  }

  /** True where what is pushed on the operand stack may stay there: outside all inner regions. */
  get keepsOperands(): boolean {
    return this.#scopes === 0;
  }

  /** A value of a type: mostly one in scope, else a constant. */
  value(type: ValueType): number {
    const known = this.#scope[type];
    if (known.length > 0 && !this.random.oneIn(4)) {
      const recent = this.random.oneIn(2) ? Math.min(4, known.length) : known.length;
      return known[known.length - 1 - this.random.below(recent)];
    }
    return this.define(type, this.constant(type));
  }

  constant(type: ValueType): number {
    const { builder, random } = this;
    if (type === I32) return builder.const32(Number(random.word(32)));
    if (type === I64) return builder.const64(random.word(64));
    return builder.const256(random.word(256));
  }

  /** Brings a value into scope. */
  define(type: ValueType, value: number): number {
    this.#scope[type].push(value);
    return value;
  }

  values(types: readonly ValueType[]): number[] {
    return types.map((type) => this.value(type));
  }

  defineAll(types: readonly ValueType[], values: readonly number[]): void {
    types.forEach((type, i) => {
      this.define(type, values[i]);
    });
  }

  /** A charge of at least 1, so that every loop ends; sometimes as the parts of which `meter` is made. */
  meter(): void {
    const { builder, random } = this;
    if (random.oneIn(8)) {
      builder.op("charge", random.between(1, 6));
      builder.op("check");
    } else builder.op("meter", random.between(1, 6));
  }

  /** Ends the function with what it must return; the entry shows its memory. */
  leave(): void {
    const { builder, random } = this;
    if (this.operands > 0) builder.op("stack.move", -this.operands);
    if (this.index === 0) this.#setOutput();
    if (random.oneIn(this.index === 0 ? 4 : 30)) {
      builder.op("exit", random.pick([0, 0, 0, 1, 0x100]));
    } else builder.ret(this.values(this.signatures[this.index].results));
  }

  #setOutput(): void {
    const { builder } = this;
    const frame = builder.op("frame");
    for (const type of [I32, I64, I256] as const) {
      const op = ["i32.store", "i64.store", "i256.store_be"] as const;
      builder.op(op[type], frame, this.value(type), GUEST_MEMORY + 512 + 32 * type);
    }
    const memory = builder.op("i32.add", frame, builder.const32(GUEST_MEMORY));
    builder.op("i32.store", frame, memory, 8);
    builder.op("i32.store", frame, builder.const32(1024), 12);
  }

  #enter(block: number): void {
    for (const param of this.builder.blockParams(block)) {
      this.define(this.builder.typeOf(param), param);
    }
    this.meter();
  }

  /** Runs `write` with a scope that is forgotten afterwards. */
  #scoped(write: () => void): void {
    const lengths = this.#scope.map((values) => values.length);
    this.#scopes++;
    write();
    this.#scopes--;
    this.#scope.forEach((values, i) => {
      values.length = lengths[i];
    });
  }

  #region(depth: number): void {
    do {
      for (let n = this.random.between(1, 12); n > 0; n--) this.#instruction();
      if (depth < DEPTH_MAX && this.#left > 0) this.#construct(depth + 1);
    } while (this.#left > 0 && !this.random.oneIn(3));
  }

  #instruction(): void {
    this.#left--;
    this.builder.position++;
    if (this.random.oneIn(3)) this.meter();
    this.random.pick(RANDOM_INSTRUCTIONS)(this);
  }

  #construct(depth: number): void {
    switch (this.random.below(9)) {
      case 0:
      case 1:
      case 2:
        this.#loop(depth);
        return;
      case 3:
      case 4:
        this.#diamond(depth);
        return;
      case 5:
        this.#switch(depth);
        return;
      case 6:
        this.#early();
        return;
      case 7:
        this.#twoEntries(depth);
        return;
      default:
        this.#skip(depth);
        return;
    }
  }

  #types(max: number): ValueType[] {
    return Array.from({ length: this.random.below(max + 1) }, () => this.random.pick(TYPES));
  }

  /** A new block behind `from`, which the current block may reach with values of `types`. */
  #begin(block: number): void {
    this.builder.begin(block);
    this.#enter(block);
  }

  /** A loop that counts to a small number, or for as long as a random condition and the gas allow. */
  #loop(depth: number): void {
    const { builder, random } = this;
    const types = this.#types(3);
    const header = builder.block([...types, I32]);
    const out = builder.block(types);
    const turns = random.between(1, 12);
    builder.br(header, [...this.values(types), builder.const32(0)]);
    this.#scoped(() => {
      this.#begin(header);
      const counter = builder.blockParams(header)[types.length];
      if (random.oneIn(3)) this.#break(types, out);
      this.#region(depth);
      const next = builder.op("i32.add", counter, builder.const32(1));
      const more = random.oneIn(8)
        ? this.value(I32)
        : builder.op("i32.lt_u", next, builder.const32(turns));
      const again = [...this.values(types), next];
      const done = this.values(types);
      if (random.oneIn(3)) {
        builder.brIf(builder.op("i32.eqz", more), out, done, header, again);
      } else builder.brIf(more, header, again, out, done);
    });
    this.#begin(out);
  }

  #break(types: readonly ValueType[], out: number): void {
    const { builder } = this;
    const next = builder.block();
    builder.brIf(this.value(I32), next, [], out, this.values(types));
    this.#begin(next);
  }

  #diamond(depth: number): void {
    const { builder } = this;
    const types = this.#types(3);
    const sides = [this.#types(2), this.#types(1)];
    const [then, otherwise] = sides.map((side) => builder.block(side));
    const join = builder.block(types);
    const condition = this.value(I32);
    builder.brIf(condition, then, this.values(sides[0]), otherwise, this.values(sides[1]));
    for (const side of [then, otherwise]) {
      this.#scoped(() => {
        this.#begin(side);
        if (!this.random.oneIn(3)) this.#region(depth);
        builder.br(join, this.values(types));
      });
    }
    this.#begin(join);
  }

  /** `if` without `else`, or both edges of a branch to one block. */
  #skip(depth: number): void {
    const { builder, random } = this;
    const types = this.#types(2);
    const join = builder.block(types);
    const side = random.oneIn(3) ? join : builder.block();
    const condition = this.value(I32);
    const sideArgs = side === join ? this.values(types) : [];
    builder.brIf(condition, side, sideArgs, join, this.values(types));
    if (side !== join) {
      this.#scoped(() => {
        this.#begin(side);
        this.#region(depth);
        builder.br(join, this.values(types));
      });
    }
    this.#begin(join);
  }

  #switch(depth: number): void {
    const { builder, random } = this;
    const types = this.#types(2);
    const targets = Array.from({ length: random.between(1, 4) }, () => builder.block());
    const join = builder.block(types);
    const index = builder.op("i32.and", this.value(I32), builder.const32(7));
    const cases = Array.from({ length: random.below(6) }, () => random.pick(targets));
    builder.switch(index, cases, random.pick(targets));
    for (const target of targets) {
      this.#scoped(() => {
        this.#begin(target);
        if (random.oneIn(2)) this.#region(depth);
        builder.br(join, this.values(types));
      });
    }
    this.#begin(join);
  }

  /** A side exit. */
  #early(): void {
    const { builder, random } = this;
    const exit = builder.block();
    const next = builder.block();
    const condition = builder.op("i32.lt_u", this.value(I32), builder.const32(2));
    builder.brIf(condition, exit, [], next, []);
    this.#scoped(() => {
      builder.begin(exit);
      if (random.oneIn(3)) builder.op("trap", 0x300 + random.below(8));
      else this.leave();
    });
    this.#begin(next);
  }

  /** A loop with two entries: irreducible. A variable counts its turns. */
  #twoEntries(depth: number): void {
    const { builder } = this;
    const counter = builder.variable(I32);
    const types = this.#types(1);
    const halves = [builder.block(types), builder.block(types)];
    const done = builder.block();
    builder.setVar(counter, builder.const32(this.random.below(6)));
    builder.brIf(this.value(I32), halves[0], this.values(types), halves[1], this.values(types));
    halves.forEach((half, i) => {
      this.#scoped(() => {
        this.#begin(half);
        this.#region(depth + 1);
        const left = builder.op("i32.sub", builder.getVar(counter), builder.const32(1));
        builder.setVar(counter, left);
        const more = builder.op("i32.gt_s", left, builder.const32(0));
        builder.brIf(more, halves[1 - i], this.values(types), done, []);
      });
    });
    this.#begin(done);
  }
}
