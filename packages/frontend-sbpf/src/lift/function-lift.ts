import { type FunctionBuilder, OUTCOME } from "@dragoman/core";
import { type Blocks, lastInstruction } from "../analysis/blocks.ts";
import { HALF_TARGET, isFaultingTarget, syscallOfTarget } from "../analysis/calls.ts";
import type { Text } from "../isa/decode.ts";
import { INSTRUCTIONS } from "../isa/table.ts";
import { callxRegister } from "../isa/version.ts";
import { LOWER, type Lower, type Machine } from "./instructions.ts";
import type { LiftContext } from "./lift-context.ts";
import { SBPF_TRAP } from "./outcomes.ts";
import { Registers } from "./registers.ts";

const LOWER_BY_OPCODE: readonly (readonly (Lower | undefined)[])[] = INSTRUCTIONS.map((table) =>
  table.map((row) => (row === undefined ? undefined : LOWER[row.mnemonic])),
);

const LDDW = 0x18;

/** Bit 3 of arithmetic and jump opcodes: the second operand is a register. */
const USES_REGISTER = 8;

/**
 * Lifts one function, that is, some blocks of the program with one or more entries. Subclasses decide how functions call,
 * how memory is reached and how units are charged.
 */
export abstract class FunctionLift implements Machine {
  readonly builder: FunctionBuilder;
  readonly context: LiftContext;
  readonly text: Text;
  /** Partition of the code into blocks that this lift follows. */
  readonly blocks: Blocks;
  readonly registers: Registers;
  /** Slot of the instruction being lifted. */
  pc = 0;
  /** Block being lifted. */
  block = 0;
  /** IR block of each block of the program that belongs to this function. */
  readonly irBlocks = new Map<number, number>();
  /** Block that is written on in the same IR block, behind a branch that needs no jump; -1 = none. */
  follower = -1;
  #overrun = -1;
  readonly #lower: readonly (Lower | undefined)[];

  constructor(context: LiftContext, builder: FunctionBuilder, blocks = context.graph.blocks) {
    this.context = context;
    this.blocks = blocks;
    this.text = context.graph.text;
    this.builder = builder;
    this.registers = new Registers(builder);
    this.#lower = LOWER_BY_OPCODE[this.text.version];
  }

  // --- the machine that instructions see --------------------------------------------------------

  get dst(): number {
    return this.text.dst[this.pc];
  }

  get imm(): number {
    return this.text.imm[this.pc];
  }

  get off(): number {
    return this.text.off[this.pc];
  }

  get(register: number): number {
    return register === 10 ? this.framePointer() : this.registers.get(register);
  }

  set(register: number, value: number): void {
    this.registers.set(register, value);
  }

  operand64(): number {
    const { text, pc } = this;
    if ((text.op[pc] & USES_REGISTER) !== 0) return this.get(text.src[pc]);
    return this.constant(text.imm[pc], text.imm[pc] >> 31);
  }

  /** An i64 constant from its halves. */
  constant(low: number, high: number): number {
    return this.builder.const64Parts(low, high);
  }

  operand32(): number {
    const { text, pc } = this;
    if ((text.op[pc] & USES_REGISTER) === 0) return this.builder.const32(text.imm[pc]);
    return this.builder.op("i32.wrap", this.get(text.src[pc]));
  }

  operandLow(): number {
    const { text, pc } = this;
    if ((text.op[pc] & USES_REGISTER) === 0) return this.constant(text.imm[pc], 0);
    return this.builder.op("i64.extend_u", this.operand32());
  }

  dst32(): number {
    return this.builder.op("i32.wrap", this.get(this.dst));
  }

  load(size: number): void {
    this.set(this.dst, this.loadFrom(this.text.src[this.pc], this.off, size));
  }

  store(size: number, value: number): void {
    this.storeTo(this.dst, this.off, size, value);
  }

  stored(): number {
    const { text, pc } = this;
    // Class 2 stores an immediate, class 3 a register.
    if ((text.op[pc] & 7) === 3) return this.get(text.src[pc]);
    return this.builder.const64Parts(text.imm[pc], text.imm[pc] >> 31);
  }

  lddw(): void {
    const { text, pc } = this;
    this.set(this.dst, this.constant(text.imm[pc], text.imm[pc + 1]));
  }

  branch(condition: number): void {
    this.leave(this.liveOut());
    const target = this.irBlock(this.blocks.target[this.block]);
    this.builder.brIf(condition, target, [], this.next(this.pc + 1), []);
  }

  jump(): void {
    this.leave(this.liveOut());
    this.builder.br(this.irBlock(this.blocks.target[this.block]));
  }

  call(): void {
    const target = this.context.graph.calls[this.pc];
    if (isFaultingTarget(target)) this.callNothing(target === HALF_TARGET);
    else if (target < 0) this.callSyscall(syscallOfTarget(target));
    else this.callFunction(target);
  }

  callx(): void {
    const { text, pc } = this;
    this.callPointer(
      this.get(callxRegister(text.version, text.dst[pc], text.src[pc], text.imm[pc])),
    );
  }

  // --- what the two lifts do differently --------------------------------------------------------

  abstract framePointer(): number;
  abstract loadFrom(base: number, offset: number, size: number): number;
  abstract storeTo(base: number, offset: number, size: number, value: number): void;
  /** Registers that the blocks behind the current one need. */
  abstract liveOut(): number;
  /** Writes back what must be written back before control leaves the IR block: registers of the set `live`. */
  abstract leave(live: number): void;
  /** A call that faults: of nothing, or of the second half of an lddw. */
  abstract callNothing(half: boolean): void;
  abstract callFunction(target: number): void;
  abstract callSyscall(index: number): void;
  abstract callPointer(address: number): void;
  abstract exit(): void;
  /** Charges at the beginning of a block and before an instruction. */
  abstract beginBlock(): void;
  abstract beginInstruction(): void;
  /** Where control runs off the end of the code. */
  abstract overrun(): void;
  /** True for a block that is written behind another one, see {@link follower}. */
  abstract isInner(block: number): boolean;

  // --- blocks -----------------------------------------------------------------------------------

  irBlock(block: number): number {
    let index = this.irBlocks.get(block);
    if (index === undefined) {
      index = this.builder.block();
      this.irBlocks.set(block, index);
    }
    return index;
  }

  /** IR block of the block that begins at slot `pc`. */
  next(pc: number): number {
    if (pc < this.text.count) return this.irBlock(this.blocks.of[pc]);
    if (this.#overrun < 0) this.#overrun = this.builder.block();
    return this.#overrun;
  }

  /** Lifts block after block from `order`. */
  liftBlocks(order: ArrayLike<number>): void {
    for (let i = 0; i < order.length; i++) if (!this.isInner(order[i])) this.#liftBlock(order[i]);
    if (this.#overrun < 0) return;
    this.pc = this.text.count;
    this.builder.position = this.pc;
    this.builder.begin(this.#overrun);
    this.overrun();
  }

  #liftBlock(first: number): void {
    this.registers.forget();
    this.builder.position = this.blocks.start[first];
    this.builder.begin(this.irBlock(first));
    this.follower = -1;
    this.#liftInstructions(first);
    while (this.follower >= 0) this.#liftInstructions(this.follower);
  }

  #liftInstructions(block: number): void {
    const { builder, text, blocks } = this;
    this.block = block;
    const from = blocks.start[block];
    const to = blocks.start[block + 1];
    this.pc = from;
    builder.position = from;
    this.beginBlock();
    this.follower = -1;
    const pc = this.liftRange(from, lastInstruction(text, from, to) + 1);
    if (this.follower >= 0 || !builder.isOpen) return;
    this.leave(this.liveOut());
    builder.br(this.next(pc));
  }

  /** Lifts the instructions of slots [from, to), or up to the one that ends the block; returns the slot behind the last. */
  liftRange(from: number, to: number): number {
    const { builder, text } = this;
    let pc = from;
    while (pc < to) {
      this.pc = pc;
      builder.position = pc;
      this.beginInstruction();
      const lower = this.#lower[text.op[pc]];
      if (lower === undefined) builder.op("trap", SBPF_TRAP.UNSUPPORTED_INSTRUCTION);
      else lower(this);
      if (!builder.isOpen) return pc;
      pc += text.op[pc] === LDDW ? 2 : 1;
    }
    return pc;
  }

  /** Goes to the block of `selector`, one of the ascending slots `pcs`: a tree of comparisons. */
  dispatch(selector: number, pcs: readonly number[], targets: readonly number[]): void {
    const { builder } = this;
    if (pcs.length === 0) {
      // Nothing calls a function without entry.
      builder.op("trap", OUTCOME.UNREACHABLE);
      return;
    }
    if (pcs.length === 1) {
      builder.br(targets[0]);
      return;
    }
    const middle = pcs.length >> 1;
    const below = builder.block();
    const above = builder.block();
    const isBelow = builder.op("i32.lt_u", selector, builder.const32(pcs[middle]));
    builder.brIf(isBelow, below, [], above, []);
    builder.begin(below);
    this.dispatch(selector, pcs.slice(0, middle), targets.slice(0, middle));
    builder.begin(above);
    this.dispatch(selector, pcs.slice(middle), targets.slice(middle));
  }
}
