import { FunctionBuilder, I32, type IrFunction, OP, OUTCOME } from "@dragoman/core";
import { Emitter, type LiftInput, ORIGIN, UNKNOWN, UNLOADED } from "../lower/emitter.ts";
import { ROUTINE } from "../lower/routines.ts";
import { LOWER_BY_CODE } from "../lower/table.ts";
import { JUMPDEST, OP_ROWS, PUSH1, PUSH32 } from "../opcodes.ts";
import { EVM_OUTCOME } from "../outcome.ts";

/**
 * Lifts a whole program to one function: the reference. Instructions are metered one by one, operands live in the operand stack
 * between blocks, jumps whose destination is not pushed right before go through one dispatch block. Linear in the size of
 * the code, whatever the code is.
 */
export function liftExact(input: LiftInput): IrFunction {
  return new ExactLift(input).lift();
}

class ExactLift extends Emitter {
  /** IR block of each JUMPDEST that was needed so far, + 1. */
  readonly #blocks: Int32Array;
  readonly #destination: number;
  #dispatch = -1;
  /** What the current block has proven of the operand stack, relative to its top. */
  #need = 0;
  #growth = 0;

  constructor(input: LiftInput) {
    super(input, new FunctionBuilder("run", [], [], input.pool));
    this.#blocks = new Int32Array(input.code.length);
    this.#destination = this.b.variable(I32);
  }

  lift(): IrFunction {
    const { b } = this;
    const { code } = this.input;
    b.begin(0);
    let pc = 0;
    while (pc < code.length) {
      const op = code[pc];
      if (op === JUMPDEST) this.#startBlock(pc);
      if (b.isOpen) this.#instruction(pc, op);
      pc += op >= PUSH1 && op <= PUSH32 ? op - PUSH1 + 2 : 1;
    }
    this.pc = code.length;
    b.position = this.pc;
    if (b.isOpen) b.op("exit", OUTCOME.OK);
    this.#writeDispatch();
    return b.build();
  }

  #startBlock(pc: number): void {
    const block = this.#blockAt(pc);
    if (this.b.isOpen) {
      this.flush();
      this.b.br(block);
    }
    this.#begin(block);
  }

  load(position: number): number {
    return this.b.emit(OP["stack.get"], ORIGIN - 1 - position);
  }

  /** Writes changed entries to the operand stack and moves its top. */
  flush(): void {
    const { b, stack, loaded, top } = this;
    const from = Math.min(this.lowest, top);
    const values: number[] = [];
    for (let position = from; position < top; position++) {
      const entry = stack[position];
      const same = entry === UNLOADED || loaded[position] === entry;
      values.push(same ? -1 : this.word(entry));
    }
    if (top !== ORIGIN) b.emit(OP["stack.move"], top - ORIGIN);
    for (let i = 0; i < values.length; i++) {
      if (values[i] >= 0) b.emit(OP["stack.set"], values[i], top - 1 - from - i);
    }
  }

  #begin(block: number): void {
    this.b.begin(block);
    const from = Math.min(this.lowest, this.top);
    this.stack.fill(UNLOADED, from, ORIGIN);
    this.loaded.fill(UNKNOWN, from, ORIGIN);
    this.lowest = ORIGIN;
    this.top = ORIGIN;
    this.#need = 0;
    this.#growth = 0;
  }

  #blockAt(pc: number): number {
    if (this.#blocks[pc] === 0) this.#blocks[pc] = this.b.block() + 1;
    return this.#blocks[pc] - 1;
  }

  #instruction(pc: number, op: number): void {
    const { b } = this;
    this.pc = pc;
    b.position = pc;
    const gas = this.input.schedule.gas[op];
    if (gas < 0) {
      b.op("trap", EVM_OUTCOME.INVALID_OPCODE);
      return;
    }
    const row = OP_ROWS[op]!;
    const height = this.top - ORIGIN;
    const need = row[2] - height;
    const growth = height + row[3] - row[2];
    if (need > this.#need || growth > this.#growth) {
      b.emit(OP["stack.check"], Math.max(need, this.#need), Math.max(growth, this.#growth));
      this.#need = Math.max(need, this.#need);
      this.#growth = Math.max(growth, this.#growth);
    }
    // Free instructions too: an observer sees every instruction by its meter.
    b.emit(OP.meter, gas);
    LOWER_BY_CODE[op]!(this);
  }

  touch(offset: number, length: number, size: number): void {
    const { b } = this;
    b.call(ROUTINE.TOUCH, [], [offset, size >= 0 ? b.const32(size) : length]);
  }

  jump(): void {
    const entry = this.pop();
    const target = this.#target(entry);
    this.flush();
    if (target < 0) this.b.op("trap", EVM_OUTCOME.INVALID_JUMP);
    else this.b.br(target);
  }

  jumpIf(): void {
    const { b } = this;
    const entry = this.pop();
    const condition = this.truth(this.pop());
    let target = this.#target(entry);
    this.flush();
    const next = b.block();
    const invalid = target < 0;
    if (invalid) target = b.block();
    b.brIf(condition, target, [], next, []);
    if (invalid) {
      b.begin(target);
      b.op("trap", EVM_OUTCOME.INVALID_JUMP);
    }
    this.#begin(next);
  }

  /** The block that a destination leads to; -1 = it is known to be none. */
  #target(entry: number): number {
    const { b, input } = this;
    if (entry < 0) {
      const pc = this.clamped(entry);
      return pc < input.code.length && input.jumpdests[pc] === 1 ? this.#blockAt(pc) : -1;
    }
    if (this.#dispatch < 0) this.#dispatch = b.block();
    b.setVar(this.#destination, this.index(entry));
    return this.#dispatch;
  }

  /** The block that all other jumps go through: a switch over offsets. */
  #writeDispatch(): void {
    const { b } = this;
    const { code, jumpdests } = this.input;
    b.position = -1;
    if (this.#dispatch >= 0) {
      const invalid = b.block();
      const targets = new Array<number>(code.length);
      for (let pc = 0; pc < code.length; pc++) {
        targets[pc] = jumpdests[pc] === 1 ? this.#blockAt(pc) : invalid;
      }
      b.begin(this.#dispatch);
      b.switch(b.getVar(this.#destination), targets, invalid);
      b.begin(invalid);
      b.op("trap", EVM_OUTCOME.INVALID_JUMP);
    }
  }
}
