import {
  FunctionBuilder,
  I256,
  type IrFunction,
  OP,
  OUTCOME,
  scratch,
  type ValueType,
} from "@dragoman/core";
import { HEADER } from "../frame-header.ts";
import { DIRECT_ROUTINE_COUNT } from "../lower/direct-routines.ts";
import { Emitter, type LiftInput, ORIGIN, UNKNOWN, UNLOADED } from "../lower/emitter.ts";
import { ROUTINE, ROUTINES } from "../lower/routines.ts";
import { LOWER_BY_CODE } from "../lower/table.ts";
import { OPCODE, PUSH1, PUSH32 } from "../opcodes.ts";
import { EVM_OUTCOME } from "../outcome.ts";
import type { CallGraph } from "./call-graph.ts";
import type { Discovery } from "./discovery.ts";
import { END, RETURN, ZERO } from "./states.ts";

/** Entry of the virtual stack that stands for the return address: it has no value. */
const RETURN_ENTRY = -0x7fffffff;
const STACK_MAX = 1024;
/** Ranges of memory that are remembered as touched, at most. */
const TOUCHED_MAX = 12;

const OBSERVES_GAS = new Uint8Array(256);
for (const name of [
  "gas",
  "sstore",
  "call",
  "callcode",
  "delegatecall",
  "staticcall",
  "create",
  "create2",
  "selfdestruct",
] as const) {
  OBSERVES_GAS[OPCODE[name]] = 1;
}

/** What a block that has one predecessor inherits from it. */
interface Inherited {
  readonly state: number;
  readonly block: number;
  readonly stack: Int32Array;
  readonly loaded: Int32Array;
  readonly knownEnd: number;
  readonly touched: readonly number[];
}

/** Functions that are not the guest's: they stand between the root and the others. */
const ROUTINE_COUNT = ROUTINES.length + DIRECT_ROUTINE_COUNT;

/** Index of a guest function in its module. */
export function moduleIndex(fn: number): number {
  return fn === 0 ? 0 : ROUTINE_COUNT + fn;
}

export function words(count: number): readonly ValueType[] {
  return new Array<ValueType>(count).fill(I256);
}

/**
 * Lifts one function that discovery found. Slot k of its stack is variable k where control flows join; where a block has one
 * predecessor its values are simply used. Static gas is summed up and charged where a block ends or gas is observed.
 */
export class FunctionLift extends Emitter {
  override readonly speculates = true;
  readonly #discovery: Discovery;
  readonly #graph: CallGraph;
  readonly #fn: number;
  readonly #heads: Uint8Array;
  /** IR block of each state where control flow joins, + 1. */
  readonly #blocks = new Map<number, number>();
  readonly #joins: number[] = [];
  readonly #inherited: Inherited[] = [];
  /** Static gas not charged yet. */
  #pending = 0;
  /** Memory below this offset is known to exist. */
  #knownEnd = 0;
  /** Pairs of offset entry and size that are known to lie in memory. */
  #touched: number[] = [];
  #variables = 0;
  #wordsMax = 0;
  /** The return address was used as a number: this is no function. */
  failed = false;

  constructor(
    input: LiftInput,
    discovery: Discovery,
    graph: CallGraph,
    fn: number,
    heads: Uint8Array,
  ) {
    const { args, results } = discovery.functions[fn]!;
    super(
      input,
      new FunctionBuilder(
        fn === 0 ? "run" : `at${discovery.functions[fn]!.pc.toString(16)}`,
        words(Math.max(0, args)),
        words(Math.max(0, results)),
        input.pool,
      ),
    );
    this.#discovery = discovery;
    this.#graph = graph;
    this.#fn = fn;
    this.#heads = heads;
  }

  /** The function; undefined if it failed or has more than `wordsMax` words. */
  lift(wordsMax: number): IrFunction | undefined {
    const fn = this.#lift(wordsMax);
    this.release();
    return fn;
  }

  #lift(wordsMax: number): IrFunction | undefined {
    const { b } = this;
    const { entry } = this.#discovery.functions[this.#fn]!;
    this.#wordsMax = wordsMax;
    b.begin(0);
    this.#enterFunction();
    if (this.#isJoin(entry)) this.#branchTo(entry);
    else this.#run(entry);
    for (;;) {
      if (this.failed || b.length > wordsMax) return undefined;
      const inherited = this.#inherited.pop();
      if (inherited !== undefined) {
        this.#restore(inherited);
        this.#run(inherited.state);
        continue;
      }
      const join = this.#joins.pop();
      if (join === undefined) return b.build();
      this.#beginJoin(join);
      this.#run(join);
    }
  }

  #enterFunction(): void {
    if (this.#fn === 0) return;
    this.#clear(0);
    this.push(RETURN_ENTRY);
    for (const param of this.b.blockParams(0)) this.push(param);
    if (this.#callsOthers()) this.b.op("check");
  }

  #callsOthers(): boolean {
    const { states } = this.#discovery;
    for (let state = 0; state < states.count; state++) {
      if (states.fn[state] === this.#fn && states.end[state] === END.CALL) return true;
    }
    return false;
  }

  #isJoin(state: number): boolean {
    const predecessors = this.#discovery.states.predecessors[state];
    return (
      predecessors > 1 ||
      (predecessors === 1 && state === this.#discovery.functions[this.#fn]!.entry)
    );
  }

  // --- the virtual stack ------------------------------------------------------------------------------------------

  #clear(height: number): void {
    this.stack.fill(UNLOADED, ORIGIN, ORIGIN + height);
    this.loaded.fill(UNKNOWN, ORIGIN, ORIGIN + STACK_MAX + 32);
    this.top = ORIGIN + height;
    this.#knownEnd = 0;
    this.#touched.length = 0;
  }

  #beginJoin(state: number): void {
    const { states } = this.#discovery;
    const { b } = this;
    b.begin(this.#blocks.get(state)! - 1);
    b.position = states.pc[state];
    const height = states.height[state];
    this.#clear(height);
    const at = states.at[state];
    for (let i = 0; i < height; i++) {
      const known = states.slots[at + i];
      if (known === RETURN) this.stack[ORIGIN + i] = RETURN_ENTRY;
      else if (known >= 0) this.stack[ORIGIN + i] = ~this.input.pool.index(BigInt(known));
      else if (known <= ZERO) this.stack[ORIGIN + i] = ~this.input.pool.index(BigInt(ZERO - known));
    }
    if (this.#heads[state] === 1) b.op("check");
  }

  #restore(inherited: Inherited): void {
    this.b.begin(inherited.block);
    this.#clear(0);
    this.stack.set(inherited.stack, ORIGIN);
    this.loaded.set(inherited.loaded, ORIGIN);
    this.top = ORIGIN + inherited.stack.length;
    this.#knownEnd = inherited.knownEnd;
    this.#touched = [...inherited.touched];
  }

  #bequeath(state: number): number {
    const block = this.b.block();
    this.#inherited.push({
      state,
      block,
      stack: scratch.copyOfInt32s(this.stack, ORIGIN, this.top),
      loaded: scratch.copyOfInt32s(this.loaded, ORIGIN, ORIGIN + this.#variables),
      knownEnd: this.#knownEnd,
      touched: [...this.#touched],
    });
    return block;
  }

  load(position: number): number {
    return this.b.getVar(this.#variable(position - ORIGIN));
  }

  #variable(slot: number): number {
    while (this.#variables <= slot) {
      this.b.variable(I256);
      this.#variables++;
    }
    return slot;
  }

  override word(entry: number): number {
    if (entry !== RETURN_ENTRY) return super.word(entry);
    this.failed = true;
    return this.b.const256(0n);
  }

  override constant(entry: number): bigint {
    if (entry !== RETURN_ENTRY) return super.constant(entry);
    this.failed = true;
    return 0n;
  }

  /** Writes the entries that a joining state wants in variables and that are not there yet. */
  #store(target: number): void {
    const { states } = this.#discovery;
    const at = states.at[target];
    const height = states.height[target];
    for (let i = 0; i < height; i++) {
      const entry = this.stack[ORIGIN + i];
      if (states.slots[at + i] !== -1 || entry === UNLOADED || entry === this.loaded[ORIGIN + i])
        continue;
      const variable = this.#variable(i);
      this.b.setVar(variable, this.word(entry));
      this.loaded[ORIGIN + i] = entry;
    }
  }

  /** The block of a state where control flow joins, variables being set for it. */
  #join(state: number): number {
    this.#store(state);
    let block = this.#blocks.get(state);
    if (block === undefined) {
      block = this.b.block() + 1;
      this.#blocks.set(state, block);
      this.#joins.push(state);
    }
    return block - 1;
  }

  #branchTo(state: number): void {
    this.b.br(this.#join(state));
  }

  // --- instructions -----------------------------------------------------------------------------------------------

  /** Lowers blocks from `state` on, as long as one follows the other without a join. */
  #run(first: number): void {
    const { states } = this.#discovery;
    let state = first;
    for (;;) {
      const end = states.end[state];
      if (end === END.TRAP || end === END.UNREACHED) {
        this.b.position = states.pc[state];
        this.b.op("trap", end === END.TRAP ? OUTCOME.STACK_UNDERFLOW : OUTCOME.WRONG_GUESS);
        this.#pending = 0;
        return;
      }
      this.#instructions(state);
      if (this.b.length > this.#wordsMax) return;
      const next = this.#end(state);
      if (next < 0) return;
      if (this.#isJoin(next)) {
        this.#charge();
        this.#branchTo(next);
        return;
      }
      state = next;
    }
  }

  /** Lowers the state's instructions but for a jump at the end. */
  #instructions(state: number): void {
    const { states } = this.#discovery;
    const { code, schedule } = this.input;
    const { b } = this;
    const end = states.end[state];
    const plain = end === END.EXIT || (end === END.GO && !this.#endsByJump(state));
    let count = states.operations[state];
    let pc = states.pc[state];
    for (; count > 0; count--) {
      if (b.length > this.#wordsMax) return;
      const op = pc < code.length ? code[pc] : 0;
      const gas = schedule.gas[op];
      this.pc = pc;
      b.position = pc;
      if (gas > 0) this.#pending += gas;
      const isLast = count === 1;
      if (isLast && !plain) return;
      if ((isLast && end === END.EXIT) || OBSERVES_GAS[op] === 1) this.#charge();
      if (gas < 0) b.op("trap", EVM_OUTCOME.INVALID_OPCODE);
      else LOWER_BY_CODE[op]!(this);
      pc += op >= PUSH1 && op <= PUSH32 ? op - PUSH1 + 2 : 1;
    }
  }

  /** True if the last of the state's instructions is a JUMP; false if it runs into a JUMPDEST. */
  #endsByJump(state: number): boolean {
    return this.#discovery.states.jumps[state] === 1;
  }

  #charge(): void {
    if (this.#pending > 0) this.b.op("charge", this.#pending);
    this.#pending = 0;
  }

  /** Lowers the end of a state; returns the state that follows without a branch, or -1. */
  #end(state: number): number {
    const { states } = this.#discovery;
    switch (states.end[state]) {
      case END.GO:
        if (this.#endsByJump(state)) this.drop();
        return states.next[state];
      case END.KNOWN:
        this.drop();
        this.drop();
        return states.next[state];
      case END.BRANCH:
        this.drop();
        return this.#branch(states.taken[state], states.next[state]);
      case END.BRANCH_TRAP:
        this.drop();
        this.b.op("trap.if", this.truth(this.pop()), EVM_OUTCOME.INVALID_JUMP);
        return states.next[state];
      case END.BRANCH_RETURN:
        this.#branchReturn(states.next[state]);
        return -1;
      case END.CALL:
        return this.#call(state);
      case END.RETURN:
        this.drop();
        this.#charge();
        this.b.ret(this.#results());
        return -1;
      default:
        return -1;
    }
  }

  #branch(taken: number, next: number): number {
    const condition = this.pop();
    if (condition < 0) return this.constant(condition) !== 0n ? taken : next;
    const truth = this.truth(condition);
    this.#charge();
    if (this.#isJoin(taken)) this.#store(taken);
    if (this.#isJoin(next)) this.#store(next);
    const then = this.#isJoin(taken) ? this.#join(taken) : this.#bequeath(taken);
    const otherwise = this.#isJoin(next) ? this.#join(next) : this.#bequeath(next);
    this.b.brIf(truth, then, [], otherwise, []);
    return -1;
  }

  #branchReturn(next: number): void {
    const { b } = this;
    this.drop();
    const condition = this.truth(this.pop());
    this.#charge();
    const results = this.#results();
    const leave = b.block();
    const stay = this.#isJoin(next) ? this.#join(next) : this.#bequeath(next);
    b.brIf(condition, leave, [], stay, []);
    b.begin(leave);
    b.ret(results);
  }

  #results(): number[] {
    const values: number[] = [];
    for (let position = ORIGIN; position < this.top; position++)
      values.push(this.word(this.at(position)));
    return values;
  }

  #call(state: number): number {
    const { states, functions } = this.#discovery;
    const { b } = this;
    this.drop();
    const callee = states.callee[state];
    const kept = states.kept[state];
    const args: number[] = [];
    for (let position = ORIGIN + kept + 1; position < this.top; position++) {
      args.push(this.word(this.at(position)));
    }
    this.#charge();
    const results = Math.max(0, functions[callee]!.results);
    const values =
      this.#graph.reachesRecursion[callee] === 1
        ? this.#callCounted(callee, kept, results, args)
        : b.call(moduleIndex(callee), words(results), args);
    this.top = ORIGIN + kept;
    for (const value of values) this.push(value);
    if (states.next[state] >= 0) return states.next[state];
    b.op("trap", OUTCOME.UNREACHABLE);
    return -1;
  }

  /** A call that may recurse: the operand stack's height is kept in the header and checked. */
  #callCounted(callee: number, kept: number, results: number, args: readonly number[]): number[] {
    const { b } = this;
    const height = this.header(HEADER.HEIGHT);
    const below = b.op("i32.add", height, b.const32(kept));
    const room = b.const32(STACK_MAX - this.#graph.peak[callee]);
    b.op("trap.if", b.op("i32.gt_s", below, room), OUTCOME.STACK_OVERFLOW);
    b.op("i32.store", b.op("frame"), below, HEADER.HEIGHT);
    const values = b.call(moduleIndex(callee), words(results), args);
    b.op("i32.store", b.op("frame"), height, HEADER.HEIGHT);
    return values;
  }

  jump(): void {
    this.failed = true;
  }

  jumpIf(): void {
    this.failed = true;
  }

  // --- memory -----------------------------------------------------------------------------------------------------

  touch(offset: number, length: number, size: number, offsetEntry: number): void {
    const { b } = this;
    if (size < 0) {
      b.call(ROUTINE.TOUCH, [], [offset, length]);
      return;
    }
    if (this.#isTouched(offsetEntry, size)) return;
    const end =
      offsetEntry < 0
        ? b.const32(Math.min(this.clamped(offsetEntry) + size, 0xffffffff) | 0)
        : b.emit(OP["i32.add"], offset, b.const32(size));
    const beyond = b.emit(OP["i32.gt_u"], end, this.header(HEADER.MSIZE));
    const grow = b.block();
    const done = b.block();
    b.brIf(beyond, grow, [], done, []);
    b.begin(grow);
    b.call(ROUTINE.EXPAND, [], [end]);
    b.br(done);
    b.begin(done);
  }

  /** True if the range is known to exist; notes it otherwise. */
  #isTouched(entry: number, size: number): boolean {
    if (entry < 0) {
      const end = this.clamped(entry) + size;
      if (end <= this.#knownEnd) return true;
      this.#knownEnd = Math.ceil(end / 32) * 32;
      return false;
    }
    const touched = this.#touched;
    for (let i = 0; i < touched.length; i += 2) {
      if (touched[i] !== entry) continue;
      if (touched[i + 1]! >= size) return true;
      touched[i + 1] = size;
      return false;
    }
    if (touched.length >= 2 * TOUCHED_MAX) touched.splice(0, 2);
    touched.push(entry, size);
    return false;
  }
}
