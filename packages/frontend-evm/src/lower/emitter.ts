import { type FunctionBuilder, I32, I256, OP, type WordPool } from "@dragoman/core";
import { assert } from "@dragoman/fault";
import { HEADER, MEMORY } from "../frame-header.ts";
import type { SharedLifts } from "../lift/shared-lifts.ts";
import type { Schedule } from "../schedule/schedule.ts";

/** Entry of the virtual stack: not loaded from the operand stack yet. */
export const UNLOADED = -0x80000000;
/** No entry: what a place holds is not known. */
export const UNKNOWN = -0x7ffffffe;
/** Position of the word above the operand stack's top in {@link Emitter}'s array. */
export const ORIGIN = 1040;
const POSITIONS = 2 * ORIGIN + 64;
const LARGEST = 0x7fffffff;

/** The arrays of emitters that are done, as a new one wants them: there are seldom more than two at a time. */
const spareStacks: Int32Array[] = [];
const spareLoads: Int32Array[] = [];

/**
 * What those see who watch a program run. "accesses": hosts see calls and storage, in optimistic code too. "instructions": besides, observers of exact code
 * find the whole operand stack in its place at every instruction.
 */
export type Watch = "nothing" | "accesses" | "instructions";

/** What a program's functions share while they are lifted. */
export interface LiftInput {
  readonly code: Uint8Array;
  readonly jumpdests: Uint8Array;
  readonly schedule: Schedule;
  readonly pool: WordPool;
  readonly watch?: Watch;
  /** Lifts that other code shares, where it has the same bytes at the same place; only the exact lift in chunks asks. */
  readonly shared?: SharedLifts | undefined;
  /** 1 for each chunk that runs have reached: the optimistic lift leaves out the others, which trap. Absent: nothing is left out. */
  readonly reached?: Uint8Array | undefined;
}

/**
 * Lowers instructions over a virtual stack: values that an instruction pushes stay in SSA form until a block ends.
 *
 * An entry is a value (>= 0) of type i256, or of type i32 and below 2^31; or a constant, as the complement of its index in
 * the word pool. Entries below {@link ORIGIN} are read from the operand stack when they are first used (exact lift); the optimistic lift
 * starts a block with all its entries known and never gets there.
 */
export abstract class Emitter {
  readonly input: LiftInput;
  readonly b: FunctionBuilder;
  readonly stack = spareStacks.pop() ?? new Int32Array(POSITIONS).fill(UNLOADED);
  /** Value that the place of each position holds outside the virtual stack, to know what has not changed. */
  readonly loaded = spareLoads.pop() ?? new Int32Array(POSITIONS).fill(UNKNOWN);
  /** Lowest position that was used in this block. */
  lowest = ORIGIN;
  /** Index above the top entry. */
  top = ORIGIN;
  pc = 0;

  /** True if the code may trap where the program does not: a trap has the frame run exactly. */
  readonly speculates: boolean = false;

  /** True if calls and storage go through hosts. */
  get usesHosts(): boolean {
    return !this.speculates || (this.input.watch ?? "nothing") !== "nothing";
  }

  constructor(input: LiftInput, builder: FunctionBuilder) {
    this.input = input;
    this.b = builder;
  }

  /** Leaves the arrays to the next emitter; this one is done. */
  protected release(): void {
    spareStacks.push(this.stack.fill(UNLOADED));
    spareLoads.push(this.loaded.fill(UNKNOWN));
  }

  /** Reads the entry of a position that is not known yet. */
  abstract load(position: number): number;
  /** Ends the block by a jump to the popped destination. */
  abstract jump(): void;
  /** Ends the block by JUMPI. */
  abstract jumpIf(): void;
  /**
   * Expands guest memory to hold a range at `offset`, an i32 value that was made from `offsetEntry`. `size` is the
   * length if it is constant; it is -1 if the length is the i32 value `length`.
   */
  abstract touch(offset: number, length: number, size: number, offsetEntry: number): void;

  /** The entry at a position, read from its place if need be. */
  at(position: number): number {
    const entry = this.stack[position];
    if (entry !== UNLOADED) return entry;
    const value = this.load(position);
    this.stack[position] = value;
    this.loaded[position] = value;
    if (position < this.lowest) this.lowest = position;
    return value;
  }

  push(entry: number): void {
    this.stack[this.top++] = entry;
  }

  pop(): number {
    const entry = this.at(--this.top);
    if (this.top < this.lowest) this.lowest = this.top;
    return entry;
  }

  /** Pops an entry that nobody wants. */
  drop(): void {
    if (--this.top < this.lowest) this.lowest = this.top;
  }

  dup(n: number): void {
    this.push(this.at(this.top - n));
  }

  swap(n: number): void {
    const a = this.top - 1;
    const low = a - n;
    const entry = this.at(a);
    this.stack[a] = this.at(low);
    this.stack[low] = entry;
  }

  pushConst(value: bigint): void {
    this.push(~this.input.pool.index(value));
  }

  isConst(entry: number): boolean {
    return entry < 0;
  }

  constant(entry: number): bigint {
    assert(entry < 0 && entry !== UNLOADED, "a constant entry");
    return this.input.pool.words[~entry];
  }

  /** The constant, or 2^31 - 1 if it is larger. */
  clamped(entry: number): number {
    const value = this.constant(entry);
    return value > 0x7fffffffn ? LARGEST : Number(value);
  }

  isNarrow(entry: number): boolean {
    return entry >= 0 && this.b.typeOf(entry) === I32;
  }

  /** The entry as an i256 value. */
  word(entry: number): number {
    if (entry < 0) return this.b.emit(OP["i256.const"], ~entry);
    if (this.b.typeOf(entry) === I256) return entry;
    return this.b.emit(OP["i256.from_i32"], entry);
  }

  /** min(entry, 2^31 - 1) as an i32 value: an offset or a length. */
  index(entry: number): number {
    if (entry < 0) return this.b.const32(this.clamped(entry));
    if (this.b.typeOf(entry) === I32) return entry;
    return this.b.emit(OP["i32.clamp_i256"], entry);
  }

  /** 1 or non-zero if the entry is not zero, as an i32 value. */
  truth(entry: number): number {
    if (entry < 0) return this.b.const32(this.constant(entry) === 0n ? 0 : 1);
    if (this.b.typeOf(entry) === I32) return entry;
    return this.b.emit(OP["i32.eqz"], this.b.emit(OP["i256.eqz"], entry));
  }

  /** Linear address of an offset in guest memory, without the immediate {@link MEMORY}. */
  guest(offset: number): number {
    return this.b.emit(OP["i32.add"], this.b.emit(OP.frame), offset);
  }

  /** Absolute linear address of an offset in guest memory. */
  address(offset: number): number {
    return this.b.emit(OP["i32.add"], this.guest(offset), this.b.const32(MEMORY));
  }

  /** An i32 field of the frame's header. */
  header(field: number): number {
    return this.b.emit(OP["i32.load"], this.b.emit(OP.frame), field);
  }

  /** A word of the frame's header. */
  headerWord(field: number): number {
    return this.b.emit(OP["i256.load_le"], this.b.emit(OP.frame), field, 32);
  }

  environmentWord(field: number): number {
    return this.b.emit(OP["i256.load_le"], this.header(HEADER.ENVIRONMENT), field, 32);
  }

  /** Pops offset and length of a range and makes memory hold it. */
  popRange(): { offset: number; length: number } {
    const offsetEntry = this.pop();
    const lengthEntry = this.pop();
    return this.range(offsetEntry, lengthEntry);
  }

  range(offsetEntry: number, lengthEntry: number): { offset: number; length: number } {
    const offset = this.index(offsetEntry);
    const length = this.index(lengthEntry);
    const size = lengthEntry < 0 ? this.clamped(lengthEntry) : -1;
    if (size !== 0) this.touch(offset, length, size, offsetEntry);
    return { offset, length };
  }

  /** Charges `perWord` for each started word of `length` bytes, an i32 value. */
  chargeWords(length: number, perWord: number): void {
    const { b } = this;
    const words = b.op("i32.shr_u", b.op("i32.add", length, b.const32(31)), b.const32(5));
    b.op("meter.dynamic", b.op("i64.mul", b.op("i64.extend_u", words), b.const64Parts(perWord, 0)));
  }
}
