import { assert } from "@dragoman/fault";
import type { Frame } from "../engine/frame.ts";
import { FRAME } from "../host/frame-layout.ts";
import type { LinearMemory } from "../host/linear-memory.ts";
import { OUTCOME } from "../host/outcome.ts";
import { HOST } from "../host/program.ts";
import { type IrModule, moduleFunction } from "../ir/function.ts";
import { OPS } from "../ir/ops.ts";
import { I32 } from "../ir/value-type.ts";
import { ASSERTED } from "./asserted.ts";
import { EXECUTE, type Execute } from "./execute.ts";
import { type SlotFunction, slotFunction } from "./slots.ts";

/** States of an {@link Interpreter}. */
export const RUNNING = 0;
/** `frame.pending` wants a call; {@link Interpreter.resume} goes on. */
export const CALLING = 1;
/** The frame has ended; outcome, position and gas are in the frame. */
export const ENDED = 2;
/** The fuel ran out; {@link Interpreter.run} goes on. */
export const PAUSED = 3;

/** Activations of IR functions that one frame may stack up; the heap holds them. */
const ACTIVATIONS_MAX = 65_536;

/** Told of every `meter` operation: in an exact module that is the beginning of every instruction. */
export type Observer = (
  frame: Frame,
  position: number,
  gas: number,
  stack: readonly bigint[],
) => void;

const SAFE_MAX = BigInt(Number.MAX_SAFE_INTEGER);
/** What an interpreter counts down of more gas than a double can hold. */
const LARGE_PART = 2 ** 52;

const HANDLERS = OPS.map((info) => EXECUTE[info.name]);

/**
 * The reference interpreter: what it says is what the IR means. i32 values are signed numbers, i64 and i256 values are unsigned
 * bigints. It keeps its activations on the heap, so no guest recursion reaches the native stack.
 */
export class Interpreter {
  readonly frame: Frame;
  readonly module: IrModule;
  readonly memory: LinearMemory;
  readonly observer: Observer | undefined;
  state: number = RUNNING;
  /** Remaining gas less {@link gasBeyond}; an integer below 2^53. */
  gas!: number;
  /** Gas that a double cannot count: 0 unless the frame has 2^53 or more. No stretch between two host calls uses what `gas` has then. */
  gasBeyond = 0n;
  /** Branches and calls that may still be taken before {@link PAUSED}. */
  fuel: number;
  /** Values of all activations, each at its base. */
  values: (number | bigint)[] = [];
  base = 0;
  top = 0;
  code!: Int32Array;
  fn!: SlotFunction;
  /** Next instruction. */
  at = 0;
  /** Operand stack of words; the top is the last element. */
  readonly operands: bigint[] = [];
  readonly #handlers: readonly Execute[];
  readonly #returns: { fn: SlotFunction; base: number; at: number; resultsAt: number }[] = [];
  readonly #scratch: (number | bigint)[] = [];

  constructor(frame: Frame, module: IrModule, fuel: number, observer?: Observer) {
    this.frame = frame;
    this.module = module;
    this.memory = frame.memory;
    this.observer = observer;
    this.fuel = fuel;
    this.#handlers = frame.program.regions === undefined ? HANDLERS : ASSERTED;
    this.#takeGas();
    this.#enter(slotFunction(moduleFunction(module, module.entry)), 0);
  }

  /** Runs until the frame calls, ends, or has burnt its fuel. */
  run(): number {
    this.state = RUNNING;
    const handlers = this.#handlers;
    while (this.state === RUNNING) {
      const { at, code } = this;
      const word = code[at]!;
      this.at = at + (word >>> 8);
      handlers[word & 0xff]!(this, code, at);
    }
    return this.state;
  }

  /** Goes on after a call: `answer` is what `CallRequest.finish` returned. */
  resume(answer: number): number {
    assert(this.state === CALLING, "resume without a call");
    this.answered(answer);
    const state = this.state as number;
    return state === RUNNING ? this.run() : state;
  }

  // --- what the operations use ------------------------------------------------------------------------------------

  #enter(fn: SlotFunction, base: number): void {
    this.fn = fn;
    this.base = base;
    this.code = fn.code;
    this.at = fn.starts[0]!;
    this.top = base + fn.slotCount + fn.vars.length;
    const vars = base + fn.slotCount;
    while (this.values.length < this.top) this.values.push(0);
    for (let i = 0; i < fn.vars.length; i++) this.values[vars + i] = fn.vars[i] === I32 ? 0 : 0n;
  }

  /**
   * Calls function `index` with the arguments whose slots stand at `argsAt`; its results will go to the slots that stand at
   * `resultsAt`.
   */
  call(index: number, argsAt: number, count: number, resultsAt: number, position: number): void {
    if (this.#returns.length === ACTIVATIONS_MAX) return this.end(OUTCOME.CALL_DEPTH, position);
    const { code, base, values, top } = this;
    const fn = slotFunction(moduleFunction(this.module, index));
    this.#returns.push({ fn: this.fn, base, at: this.at, resultsAt });
    while (values.length < top + count) values.push(0);
    for (let i = 0; i < count; i++) values[top + i] = values[base + code[argsAt + i]!]!;
    this.#enter(fn, top);
    this.burn();
  }

  /** Returns `count` values, slots at `valuesAt`. */
  ret(valuesAt: number, count: number, position: number): void {
    const caller = this.#returns.pop();
    if (caller === undefined) return this.end(OUTCOME.OK, position);
    const { code, base, values } = this;
    this.fn = caller.fn;
    this.code = caller.fn.code;
    this.at = caller.at;
    this.top = base;
    this.base = caller.base;
    // The callee's values lie above the caller's, so nothing is overwritten before it is read.
    for (let i = 0; i < count; i++) {
      values[caller.base + this.code[caller.resultsAt + i]!] = values[base + code[valuesAt + i]!]!;
    }
  }

  /** Goes to block `target` with the arguments whose slots stand at `argsAt`. */
  branch(target: number, argsAt: number, count: number): void {
    const { code, base, values } = this;
    if (count > 0) {
      const params = this.fn.blockParams[target]!;
      if (count === 1) {
        values[base + params[0]!] = values[base + code[argsAt]!]!;
      } else {
        const scratch = this.#scratch;
        for (let i = 0; i < count; i++) scratch[i] = values[base + code[argsAt + i]!]!;
        for (let i = 0; i < count; i++) values[base + params[i]!] = scratch[i]!;
      }
    }
    this.at = this.fn.starts[target]!;
    this.burn();
  }

  /** One unit of fuel. */
  burn(): void {
    if (--this.fuel < 0 && this.state === RUNNING) this.state = PAUSED;
  }

  /** Calls a host function whose arguments (slots at `argsAt`) have the declared types; results go to `resultsAt`. */
  host(index: number, argsAt: number, count: number, resultsAt: number, position: number): void {
    const { frame, code, base, values, memory } = this;
    const { params } = this.module.hosts[index]!;
    for (let i = 0; i < count; i++) {
      const value = values[base + code[argsAt + i]!]!;
      const slot = frame.slot(i);
      if (params[i] === I32) memory.i32[slot >>> 2] = value as number;
      else if (params[i] === 1) memory.u64[slot >>> 3] = value as bigint;
      else memory.setWord(slot, value as bigint);
    }
    frame.gas = BigInt(this.gas) + this.gasBeyond;
    this.#hostResultsAt = resultsAt;
    this.#hostIndex = index;
    this.#hostPosition = position;
    this.answered(frame.program.hosts[index]!(frame));
  }

  // The host call in progress.
  #hostIndex = 0;
  #hostResultsAt = 0;
  #hostPosition = -1;

  /** Reads the gas that stands in the frame. */
  #takeGas(): void {
    const { gas } = this.frame;
    this.gasBeyond = gas > SAFE_MAX ? gas - BigInt(LARGE_PART) : 0n;
    this.gas = gas > SAFE_MAX ? LARGE_PART : Number(gas);
  }

  /** Takes the answer of a host function or of the end of its call. */
  answered(answer: number): void {
    const { frame } = this;
    if (answer === HOST.CALL) {
      this.state = CALLING;
      return;
    }
    this.#takeGas();
    if (answer === HOST.LEAVE) return this.end(frame.outcome, this.#hostPosition);
    this.state = RUNNING;
    const { results } = this.module.hosts[this.#hostIndex]!;
    for (let i = 0; i < results.length; i++) {
      const slot = this.base + this.code[this.#hostResultsAt + i]!;
      if (results[i] === I32) this.values[slot] = frame.argI32(i);
      else if (results[i] === 1) this.values[slot] = frame.argI64(i);
      else this.values[slot] = frame.argWord(i);
    }
  }

  /** Charges `amount`; traps OUT_OF_GAS if there is less. */
  meter(amount: number, position: number): void {
    this.observer?.(this.frame, position, this.gas, this.operands);
    this.gas -= amount;
    if (this.gas < 0) this.end(OUTCOME.OUT_OF_GAS, position);
  }

  /** Ends the frame: with the outcome, or OUT_OF_GAS if the gas is negative and the outcome no trap. */
  end(outcome: number, position: number): void {
    const { frame } = this;
    const gone = this.gas < 0;
    frame.outcome = gone && outcome < OUTCOME.OUT_OF_GAS ? OUTCOME.OUT_OF_GAS : outcome;
    frame.position = position;
    frame.gas = gone ? 0n : BigInt(this.gas) + this.gasBeyond;
    this.memory.i32[(frame.address + FRAME.OUTCOME) >>> 2] = frame.outcome;
    this.state = ENDED;
  }
}
