import { scratch } from "@dragoman/core";
import { pushedNumber } from "../decode/jumpdests.ts";
import type { LiftInput } from "../lower/emitter.ts";
import { DUP1, JUMP, JUMPDEST, JUMPI, OP_ROWS, PUSH1, PUSH32, SWAP1 } from "../opcodes.ts";
import { chunkAt, chunkStarts } from "./exact.ts";
import { ANY, END, MASK, NUMBER, ONE, RETURN, StateTable, ZERO } from "./states.ts";

const STACK_MAX = 1024;
const AND = 0x16;
const ISZERO = 0x15;
const PUSH0 = 0x5f;
/** Arguments of a function at most; solc's own limit on reachable slots is 16. */
const ARGUMENTS_MAX = 24;
const ENDS_FRAME = new Set([0x00, 0xf3, 0xfd, 0xfe, 0xff]);

/** AND of two entries: a label stays one under a mask. */
function masked(a: number, b: number): number {
  if (a >= 0 && b === MASK) return a;
  return b >= 0 && a === MASK ? b : ANY;
}

/** True if the pushed constant that ends at `last` has ones in its low 24 bits. */
function isMask(code: Uint8Array, last: number): boolean {
  return code[last] === 0xff && code[last - 1] === 0xff && code[last - 2] === 0xff;
}

/** True for DUP1, ISZERO, PUSH: a JUMPI behind them jumps if the top of the stack is 0, which it leaves there. */
function isZeroTest(third: number, second: number, last: number): boolean {
  return third === DUP1 && second === ISZERO && last >= PUSH1 && last <= PUSH32;
}

/** What a constant other than a label is on the stack; it is pushed at `pc` by `size` bytes. */
function constantEntry(code: Uint8Array, pc: number, size: number, value: number): number {
  if (size === 1 && value <= 1) return value === 0 ? ZERO : ONE;
  return isMask(code, pc + size) ? MASK : NUMBER;
}

/** A function of the guest: code that is entered with arguments above a return address, and leaves by jumping there. */
export interface GuestFunction {
  readonly pc: number;
  readonly args: number;
  readonly entry: number;
  /** Words that it leaves in place of arguments and return address; -1 = it was not seen to return. */
  results: number;
  /** States that call it and wait for the number of results. */
  readonly waiting: number[];
}

export interface Budget {
  readonly states: number;
  readonly slots: number;
}

/** Name of a possible function: entry offset and number of arguments. */
export function functionKey(pc: number, args: number): number {
  return pc * 32 + args;
}

/**
 * Finds functions, blocks and edges by running the code on labels: the stack is known as far as it holds constants that are jump
 * destinations. A jump with the offset behind it on the stack is a call. What a callee does to its caller's stack beyond its arguments, or a
 * destination that is not known, disproves that it is a function: its code is then part of its callers, which know more labels.
 */
export class Discovery {
  readonly states = new StateTable();
  readonly functions: GuestFunction[] = [];
  readonly #byKey = new Map<number, number>();
  readonly #input: LiftInput;
  /** Keys that are not functions, or that are to be cloned into their callers. */
  readonly #notCalled: ReadonlySet<number>;
  readonly #budget: Budget;
  readonly #work: number[] = [];
  readonly #chunkStarts: Int32Array;
  readonly #stack = scratch.int32s(STACK_MAX + 64);
  /** Key of a function that turned out to be none; -1 = the root cannot be resolved; undefined = all is well. */
  disproved: number | undefined = undefined;
  exhausted = false;

  constructor(input: LiftInput, notCalled: ReadonlySet<number>, budget: Budget) {
    this.#input = input;
    this.#notCalled = notCalled;
    this.#budget = budget;
    this.#chunkStarts = chunkStarts(input);
  }

  /** True if everything was resolved. */
  run(): boolean {
    this.#open(0, -1);
    while (this.#work.length > 0 && this.disproved === undefined) {
      const { count, slotsUsed } = this.states;
      if (count > this.#budget.states || slotsUsed > this.#budget.slots) {
        this.exhausted = true;
        return false;
      }
      const state = this.#work.pop()!;
      if (this.#isLeftOut(this.states.pc[state])) this.states.end[state] = END.UNREACHED;
      else this.#explore(state);
    }
    return this.disproved === undefined;
  }

  /** A new function; `args` -1 = the root, which has no return address. */
  #open(pc: number, args: number): number {
    const index = this.functions.length;
    const stack = scratch.int32s(args + 1).fill(ANY);
    if (args >= 0) stack[0] = RETURN;
    const { state } = this.states.intern(index, pc, stack, args + 1);
    this.functions.push({ pc, args, entry: state, results: -1, waiting: [] });
    if (args >= 0) this.#byKey.set(functionKey(pc, args), index);
    this.#work.push(state);
    return index;
  }

  /** Name of a function; -1 for the root. */
  keyOf(fn: number): number {
    const { pc, args } = this.functions[fn]!;
    return args < 0 ? -1 : functionKey(pc, args);
  }

  #disprove(fn: number): void {
    this.disproved ??= this.keyOf(fn);
  }

  /** Runs a state's block and enters what follows it. */
  #explore(state: number): void {
    const { states } = this;
    const { code, jumpdests, schedule } = this.#input;
    const stack = this.#stack;
    const fn = states.fn[state];
    const isRoot = fn === 0;
    const from = states.at[state];
    let height = states.height[state];
    for (let i = 0; i < height; i++) stack[i] = states.slots[from + i];
    let pc = states.pc[state];
    let operations = 0;
    let peak = height;
    // The instructions before: see #jumpIf.
    let last = 0;
    let second = 0;
    let third = 0;
    for (;;) {
      const op = pc < code.length ? code[pc] : 0;
      if (op === JUMPDEST && operations > 0) {
        states.operations[state] = operations;
        states.peak[state] = peak;
        this.#go(state, fn, pc, height);
        return;
      }
      operations++;
      const row = OP_ROWS[op];
      if (row === undefined || schedule.gas[op] < 0) {
        states.end[state] = END.EXIT;
        break;
      }
      if (height < row[2]) {
        if (!isRoot) this.#disprove(fn);
        break;
      }
      if (op >= PUSH1 && op <= PUSH32) {
        const size = op - PUSH1 + 1;
        const label = size <= 3 ? pushedNumber(code, pc, size) : -1;
        if (label >= 0 && label < code.length && jumpdests[label] === 1) stack[height++] = label;
        else stack[height++] = constantEntry(code, pc, size, code[pc + 1]);
        pc += size + 1;
      } else if (op >= DUP1 && op < SWAP1) {
        stack[height] = stack[height - 1 - (op - DUP1)];
        height++;
        pc++;
      } else if (op >= SWAP1 && op < SWAP1 + 16) {
        const low = height - 2 - (op - SWAP1);
        const top = stack[height - 1];
        stack[height - 1] = stack[low];
        stack[low] = top;
        pc++;
      } else if (op === JUMP || op === JUMPI) {
        states.operations[state] = operations;
        states.peak[state] = peak;
        states.jumps[state] = 1;
        if (op === JUMP) this.#jump(state, fn, pc, height);
        else this.#jumpIf(state, fn, pc, height, isZeroTest(third, second, last));
        return;
      } else if (ENDS_FRAME.has(op)) {
        states.end[state] = END.EXIT;
        break;
      } else if (op === AND) {
        height--;
        stack[height - 1] = masked(stack[height - 1], stack[height]);
        pc++;
      } else {
        height -= row[2];
        for (let i = 0; i < row[3]; i++) stack[height++] = op === PUSH0 ? ZERO : ANY;
        pc++;
      }
      if (height > STACK_MAX) break;
      if (height > peak) peak = height;
      third = second;
      second = last;
      last = op;
    }
    states.operations[state] = operations;
    states.peak[state] = peak;
  }

  #isLeftOut(pc: number): boolean {
    const { reached } = this.#input;
    return reached !== undefined && reached[chunkAt(this.#chunkStarts, pc)] !== 1;
  }

  #enter(fn: number, pc: number, height: number): number {
    const stack = this.#stack;
    const top = height - 1;
    for (let i = 0; i < top; i++) if (stack[i] < RETURN) stack[i] = ANY;
    if (top >= 0 && stack[top] < RETURN && !(stack[top] <= ZERO && this.#testsTop(pc))) {
      stack[top] = ANY;
    }
    const { state, fresh } = this.states.intern(fn, pc, stack, height);
    if (fresh) this.#work.push(state);
    this.states.predecessors[state]++;
    return state;
  }

  /**
   * True if the block at `pc` begins by a JUMPI on its stack's top. solc ends `try` so: both ways meet there with a flag on
   * stacks of different heights, and each may go on one way only.
   */
  #testsTop(pc: number): boolean {
    const { code } = this.#input;
    const push = code[pc + 1];
    return (
      code[pc] === JUMPDEST &&
      push >= PUSH1 &&
      push < PUSH1 + 4 &&
      code[pc + 3 + push - PUSH1] === JUMPI
    );
  }

  #go(state: number, fn: number, pc: number, height: number): void {
    this.states.end[state] = END.GO;
    this.states.next[state] = this.#enter(fn, pc, height);
  }

  #jump(state: number, fn: number, pc: number, height: number): void {
    const stack = this.#stack;
    const target = stack[height - 1];
    const below = height - 1;
    if (target < RETURN) return;
    if (target === RETURN) {
      this.#return(state, fn, below);
      return;
    }
    if (target === ANY) {
      this.#disprove(fn);
      return;
    }
    const at = this.#returnAddress(target, pc + 1, below);
    if (at < 0) this.#go(state, fn, target, below);
    else this.#call(state, target, at, below);
  }

  /** Index of the return address if the jump to `target` is a call, else -1. */
  #returnAddress(target: number, behind: number, height: number): number {
    const stack = this.#stack;
    const lowest = Math.max(0, height - 1 - ARGUMENTS_MAX);
    for (let i = height - 1; i >= lowest; i--) {
      if (stack[i] < 0) continue;
      const key = functionKey(target, height - 1 - i);
      if (stack[i] === behind) return this.#notCalled.has(key) ? -1 : i;
      if (this.#byKey.has(key)) return i;
    }
    return -1;
  }

  #call(state: number, target: number, at: number, height: number): void {
    const { states, functions } = this;
    const args = height - 1 - at;
    const callee = this.#byKey.get(functionKey(target, args)) ?? this.#open(target, args);
    states.end[state] = END.CALL;
    states.callee[state] = callee;
    states.kept[state] = at;
    // The continuation is entered with the stack below; keep what the state needs until the results are known.
    if (functions[callee]!.results < 0) {
      this.#suspended.set(state, scratch.copyOfInt32s(this.#stack, 0, at + 1));
      functions[callee]!.waiting.push(state);
    } else
      this.#resume(state, scratch.copyOfInt32s(this.#stack, 0, at + 1), functions[callee]!.results);
  }

  readonly #suspended = new Map<number, Int32Array>();

  /** Enters the place behind a call, whose stack is `kept` (the return address on its top) with results in place of the address. */
  #resume(state: number, kept: Int32Array, results: number): void {
    const height = kept.length - 1 + results;
    if (height > STACK_MAX) return;
    const stack = this.#stack;
    stack.set(kept);
    stack.fill(ANY, kept.length - 1, height);
    this.states.next[state] = this.#enter(this.states.fn[state], kept[kept.length - 1], height);
  }

  #return(state: number, fn: number, height: number): void {
    this.states.end[state] = END.RETURN;
    this.#noteReturn(fn, height);
  }

  #noteReturn(fn: number, results: number): void {
    const stack = this.#stack;
    for (let i = 0; i < results; i++) if (stack[i] === RETURN) this.#disprove(fn);
    const own = this.functions[fn]!;
    if (own.results >= 0) {
      if (own.results !== results) this.#disprove(fn);
      return;
    }
    own.results = results;
    for (const state of own.waiting) this.#resume(state, this.#suspended.get(state)!, results);
    own.waiting.length = 0;
  }

  /** `testsZero`: the condition tells that what is then on top of the stack is 0. */
  #jumpIf(state: number, fn: number, pc: number, height: number, testsZero: boolean): void {
    const { states } = this;
    const stack = this.#stack;
    const target = stack[height - 1];
    const condition = stack[height - 2];
    const below = height - 2;
    if (condition === ZERO || (condition === ONE && target >= 0)) {
      states.end[state] = END.KNOWN;
      states.next[state] = this.#enter(fn, condition === ZERO ? pc + 1 : target, below);
      return;
    }
    if (target === ANY) {
      this.#disprove(fn);
      return;
    }
    if (target < RETURN) states.end[state] = END.BRANCH_TRAP;
    else if (target === RETURN) {
      states.end[state] = END.BRANCH_RETURN;
      const kept = scratch.copyOfInt32s(stack, 0, below);
      this.#noteReturn(fn, below);
      stack.set(kept);
    } else {
      states.end[state] = END.BRANCH;
      const top = stack[below - 1];
      if (testsZero && top === ANY) stack[below - 1] = ZERO;
      states.taken[state] = this.#enter(fn, target, below);
      stack[below - 1] = top;
    }
    states.next[state] = this.#enter(fn, pc + 1, below);
  }
}
