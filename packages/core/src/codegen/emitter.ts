import { assert } from "@dragoman/fault";
import { scratch } from "../ir/array-source.ts";
import type { ControlFlow } from "../ir/control-flow.ts";
import type { IrFunction } from "../ir/function.ts";
import { OP, OPS, READS, TRAPS, WRITES } from "../ir/ops.ts";
import { I32, I256, type ValueType } from "../ir/value-type.ts";
import type { KernelFunction } from "../kernel/kernel.ts";
import { KERNEL_CELLS } from "../kernel/layout.ts";
import { W, WASM_TYPE } from "../wasm/opcodes.ts";
import { writeAssertions } from "./assert-address.ts";
import { CellWriter, LAZY, READY } from "./cell-writer.ts";
import { limbCount } from "./limbs.ts";
import type { LiveValues } from "./live-values.ts";
import type { FunctionPlan, ModulePlan } from "./module-plan.ts";
import type { Widths } from "./widths.ts";

/** Expressions deeper than this are cut: emission recurses, and guests choose the depth. */
const DEPTH_MAX = 24;

/**
 * Writes operation `at`: leaves its result on the wasm stack, or in `c.destinations` if it has
 * several limbs.
 */
export type Lower = (c: Emitter, at: number) => void;

/**
 * What is being written of one function: its bytes, its locals, and where each value is. A value
 * read once, in its own block, is an expression inside its reader; any other lies in locals, those
 * of values that do not leave their block being used again.
 */
export class Emitter extends CellWriter {
  readonly module: ModulePlan;
  readonly plan: FunctionPlan;
  readonly fn: IrFunction;
  readonly flow: ControlFlow;
  readonly live: LiveValues;
  readonly widths: Widths;
  readonly code: Int32Array;
  readonly lower: readonly Lower[];
  readonly parameterCount: number;
  /** Local of the frame's address and of the gas; -1 = the function has none. */
  readonly frame: number;
  readonly gas: number;
  /** Local of the operand stack's top; -1 = not used. */
  sp = -1;
  /** Where the limbs of a result of several limbs go: see {@link Lower}. */
  readonly destinations = scratch.int32s(4);
  /** Block that is being written. */
  block = 0;

  readonly #left: Int32Array;
  /** 1 for a value whose locals are freed when it has been read for the last time. */
  readonly #ownsLocals: Uint8Array;
  readonly #depth: Uint8Array;
  /** 1 for a lazy value whose reader is lazy too. */
  readonly #owned: Uint8Array;
  readonly #readsMemory: Uint8Array;
  readonly #mayTrap: Uint8Array;
  #pendingReads: number[] = [];
  #pendingTraps: number[] = [];
  /** First local of each variable; its limbs follow one another. */
  readonly #variables: Int32Array;
  /** Values of this block that stand in the variable's own locals. */
  readonly #aliases: (number[] | undefined)[];
  /** Home locals of block parameters by (position, type, limb). */
  readonly #homes = new Map<number, number>();

  constructor(module: ModulePlan, plan: FunctionPlan, live: LiveValues, lower: readonly Lower[]) {
    super(plan.fn.valueCount);
    const { fn, flow } = plan;
    this.module = module;
    this.plan = plan;
    this.fn = fn;
    this.flow = flow;
    this.live = live;
    this.widths = plan.widths;
    this.code = fn.code;
    this.lower = lower;
    this.#left = scratch.copyOfInt32s(live.uses, 0, fn.valueCount);
    this.#ownsLocals = scratch.uint8s(fn.valueCount);
    this.#depth = scratch.uint8s(fn.valueCount);
    this.#owned = scratch.uint8s(fn.valueCount);
    this.#readsMemory = scratch.uint8s(fn.valueCount);
    this.#mayTrap = scratch.uint8s(fn.valueCount);
    this.frame = plan.needsFrame ? this.permanentLocal(WASM_TYPE.i32) : -1;
    this.gas = plan.needsGas && !plan.isEntry ? this.permanentLocal(WASM_TYPE.i64) : -1;
    for (const [i, value] of fn.blocks[0].params.entries()) this.#placeParameter(value, i);
    this.parameterCount = this.localTypes.length;
    if (plan.needsGas && plan.isEntry) this.gas = this.permanentLocal(WASM_TYPE.i64);
    this.#variables = Int32Array.from(fn.vars, (type, index) => {
      const limbs = type === I256 ? limbCount(plan.widths.variableBits[index]) : 1;
      const first = this.localTypes.length;
      for (let k = 0; k < limbs; k++)
        this.permanentLocal(type === I32 ? WASM_TYPE.i32 : WASM_TYPE.i64);
      return first;
    });
    this.#aliases = new Array(fn.vars.length);
    this.#placeBlockParameters();
  }

  /** Calls a kernel function, whose arguments are on the stack. */
  kernel(name: KernelFunction): void {
    this.callFunction(this.module.kernelFunction(name));
  }

  /** Loads limb `k` of the word that the kernel left. */
  kernelLimb(k: number): void {
    this.const32(0);
    this.memory(W.i64Load, KERNEL_CELLS.RESULT + 8 * k);
  }

  /** First local of a variable. */
  variable(index: number): number {
    return this.#variables[index];
  }

  variableLimbs(index: number): number {
    return this.fn.vars[index] === I256 ? limbCount(this.widths.variableBits[index]) : 1;
  }

  // --- values

  type(value: number): ValueType {
    return this.fn.valueTypes[value] as ValueType;
  }

  bits(value: number): number {
    return this.widths.bits[value];
  }

  /** Limbs of an i256 value; 1 for the other types. */
  limbs(value: number): number {
    return this.fn.valueTypes[value] === I256 ? limbCount(this.widths.bits[value]) : 1;
  }

  isDead(value: number): boolean {
    return this.live.uses[value] === 0;
  }

  /**
   * True for a sum or difference whose width is speculation: it is checked where it is computed.
   */
  isSpeculated(at: number): boolean {
    const { code } = this;
    const op = code[at] & 0xff;
    if (op !== OP["i256.add"] && op !== OP["i256.sub"]) return false;
    const bits = this.bits(code[at + 2]);
    if (op === OP["i256.sub"]) return bits <= 64;
    return bits <= 64 && Math.max(this.bits(code[at + 3]), this.bits(code[at + 4])) >= bits;
  }

  /** True for an i256 value that is kept as the i32 it was made from. */
  isNarrow(value: number): boolean {
    const at = this.live.definedAt[value];
    return at >= 0 && (this.code[at] & 0xff) === OP["i256.from_i32"];
  }

  #wasmType(value: number): number {
    return this.fn.valueTypes[value] === I32 || this.isNarrow(value)
      ? WASM_TYPE.i32
      : WASM_TYPE.i64;
  }

  /** Makes sure that the value lies in its cells, so that its limbs can be read in any order. */
  settle(value: number): void {
    if (this.state[value] !== LAZY) return;
    const local = this.temporary(this.#wasmType(value));
    this.#writeLazy(value);
    this.set(local);
    this.cells[value * 4] = local;
    this.#ownsLocals[value] = 1;
    this.state[value] = READY;
  }

  /** Writes the operation at `at`, behind the assertions of its addresses if there are any. */
  #lower(at: number): void {
    if (this.module.assertFunction >= 0) writeAssertions(this, at);
    this.lower[this.code[at] & 0xff](this, at);
  }

  #writeLazy(value: number): void {
    const at = this.live.definedAt[value];
    this.#lower(at);
  }

  /** Counts one read of a settled value; the last one frees its locals. */
  done(value: number): void {
    if (--this.#left[value] > 0 || this.#ownsLocals[value] === 0) return;
    this.#ownsLocals[value] = 0;
    for (let k = 0; k < 4; k++) {
      const cell = this.cells[value * 4 + k];
      if (cell >= 0) this.free(cell);
    }
  }

  /** Puts an i32 or i64 value, or the only limb of a word, on the stack; that counts as a read. */
  push(value: number): void {
    if (this.state[value] === LAZY) {
      this.state[value] = READY;
      this.#writeLazy(value);
      this.#left[value]--;
      return;
    }
    this.#pushCell(value, 0, this.#wasmType(value) === WASM_TYPE.i32);
    this.done(value);
  }

  /** Puts the lowest limb of a word on the stack as an i64; that counts as a read. */
  pushLow(value: number): void {
    this.push(value);
    if (this.isNarrow(value)) this.op(W.i64ExtendI32U);
  }

  /** Puts limb `k` of a settled word on the stack; not a read (see {@link done}). */
  limb(value: number, k: number): void {
    assert(this.state[value] === READY, "a limb is read of a settled value");
    if (k === 0 && this.isNarrow(value) && this.cells[value * 4] >= 0) {
      this.get(this.cells[value * 4]);
      this.op(W.i64ExtendI32U);
    } else this.#pushCell(value, k, false);
  }

  #pushCell(value: number, k: number, is32: boolean): void {
    const cell = this.cells[value * 4 + k];
    if (cell >= 0) this.get(cell);
    else if (is32) this.const32(this.constantLow(value, k));
    else this.const64(this.constantLow(value, k), this.constantHigh(value, k));
  }

  /** Puts a settled i32 or i64 value on the stack; not a read (see {@link done}). */
  getScalar(value: number): void {
    this.#pushCell(value, 0, this.type(value) === I32);
  }

  /** Gives `value` locals for all its limbs, unless dead: `destinations`. */
  allocate(value: number): void {
    const wasmType = this.#wasmType(value);
    const limbs = this.limbs(value);
    const isGlobal = this.live.isGlobal[value] === 1;
    for (let k = 0; k < limbs; k++) {
      const local = isGlobal ? this.permanentLocal(wasmType) : this.temporary(wasmType);
      this.cells[value * 4 + k] = local;
      this.destinations[k] = local;
    }
    this.#ownsLocals[value] = isGlobal ? 0 : 1;
    this.state[value] = READY;
  }

  /** Pops limb `k` of the word whose destinations were allocated last. */
  setLimb(k: number): void {
    this.set(this.destinations[k]);
  }

  // --- instructions

  /** Writes an instruction that is no terminator. */
  write(at: number): void {
    const { code } = this;
    const op = code[at] & 0xff;
    const info = OPS[op];
    if (info.variadic || info.resultCount === 0) {
      this.#lower(at);
      return;
    }
    const value = code[at + 2];
    const isDead = this.isDead(value);
    if (isDead && (info.effects & ~READS) === 0) return;
    switch (op) {
      case OP["i32.const"]:
        return this.setConstant(value, 0, code[at + 3], 0);
      case OP["i64.const"]:
        return this.setConstant(value, 0, code[at + 3], code[at + 4]);
      case OP["i256.const"]:
        return this.#setPoolWord(value, code[at + 3]);
      case OP["var.get"]:
        return this.#readVariable(value, code[at + 3]);
    }
    if (this.limbs(value) > 1) {
      this.allocate(value);
      this.#lower(at);
      if (isDead) this.#drop(value);
    } else if (this.#defer(value, at, op, info.effects | (this.isSpeculated(at) ? TRAPS : 0))) {
      this.state[value] = LAZY;
    } else {
      this.#lower(at);
      if (isDead) this.op(W.drop);
      else {
        this.allocate(value);
        this.setLimb(0);
      }
    }
  }

  #drop(value: number): void {
    this.#left[value] = 1;
    this.done(value);
  }

  #setPoolWord(value: number, index: number): void {
    const { wordLimbs } = this.module;
    this.state[value] = READY;
    for (let k = 0; k < 4; k++) {
      this.setConstant(value, k, wordLimbs[index * 8 + 2 * k], wordLimbs[index * 8 + 2 * k + 1]);
    }
  }

  /**
   * Decides whether the value becomes part of its only reader's expression, and notes what that
   * depends on.
   */
  #defer(value: number, at: number, op: number, effects: number): boolean {
    if (this.live.uses[value] !== 1 || this.live.isGlobal[value] === 1) return false;
    if (op === OP.gas || op === OP["stack.get"] || (effects & WRITES) !== 0) return false;
    const first = at + 3;
    const { argCount } = OPS[op];
    let depth = 0;
    let reads = (effects & READS) !== 0;
    let traps = (effects & TRAPS) !== 0;
    for (let i = 0; i < argCount; i++) {
      const operand = this.code[first + i];
      if (this.state[operand] !== LAZY) continue;
      depth = Math.max(depth, this.#depth[operand]);
      reads ||= this.#readsMemory[operand] === 1;
      traps ||= this.#mayTrap[operand] === 1;
    }
    if (depth >= DEPTH_MAX) return false;
    for (let i = 0; i < argCount; i++) {
      const operand = this.code[first + i];
      if (this.state[operand] === LAZY) this.#owned[operand] = 1;
    }
    this.#depth[value] = depth + 1;
    this.#readsMemory[value] = reads ? 1 : 0;
    this.#mayTrap[value] = traps ? 1 : 0;
    if (reads) this.#pendingReads.push(value);
    if (traps) this.#pendingTraps.push(value);
    return true;
  }

  /**
   * Computes now what would read memory later: before memory is written. May stand in the middle of
   * an expression.
   */
  flushReads(): void {
    this.#pendingReads = this.#flush(this.#pendingReads);
  }

  /** Computes now also what may trap: before a call, behind which the frame may have ended well. */
  flushBeforeCall(): void {
    this.#pendingReads = this.#flush(this.#pendingReads);
    this.#pendingTraps = this.#flush(this.#pendingTraps);
  }

  /**
   * Settles what is still to be computed and is no part of another such value; answers the emptied
   * list.
   */
  #flush(pending: number[]): number[] {
    if (pending.length === 0) return pending;
    for (const value of pending) {
      if (this.state[value] === LAZY && this.#owned[value] === 0) this.settle(value);
    }
    return [];
  }

  /** Computes now a value that may trap: before a condition decides whether it is read. */
  settleIfTraps(value: number): void {
    if (this.state[value] === LAZY && this.#mayTrap[value] === 1) this.settle(value);
  }

  #readVariable(value: number, index: number): void {
    const limbs = Math.min(this.limbs(value), this.variableLimbs(index));
    const first = this.#variables[index];
    if (this.live.isGlobal[value] === 1) {
      this.allocate(value);
      for (let k = 0; k < this.limbs(value); k++) {
        if (k < limbs) this.get(first + k);
        else this.const64(0);
        this.setLimb(k);
      }
      return;
    }
    this.state[value] = READY;
    for (let k = 0; k < limbs; k++) this.cells[value * 4 + k] = first + k;
    const aliases = this.#aliases[index];
    if (aliases === undefined) this.#aliases[index] = [value];
    else aliases.push(value);
  }

  /**
   * Copies what stands in the locals of a variable and is still to be read: before they are
   * overwritten.
   */
  detachVariable(index: number): void {
    const aliases = this.#aliases[index];
    if (aliases === undefined) return;
    const first = this.#variables[index];
    for (const value of aliases) {
      if (this.#left[value] === 0 || this.cells[value * 4] !== first) continue;
      if (this.live.definedIn[value] !== this.block) continue;
      const limbs = Math.min(this.limbs(value), this.variableLimbs(index));
      this.allocate(value);
      for (let k = 0; k < this.limbs(value); k++) {
        if (k < limbs) this.get(first + k);
        else this.const64(0);
        this.setLimb(k);
      }
    }
    aliases.length = 0;
  }

  // --- block parameters

  #placeParameter(value: number, index: number): void {
    const type = this.type(value);
    const limbs = type === I256 ? limbCount(this.widths.paramBits[index]) : 1;
    const isGlobal = this.live.isGlobal[value] === 1;
    this.state[value] = READY;
    for (let k = 0; k < limbs; k++) {
      const local = this.permanentLocal(type === I32 ? WASM_TYPE.i32 : WASM_TYPE.i64);
      this.cells[value * 4 + k] = local;
      if (!isGlobal) this.#homes.set((index * 3 + type) * 4 + k, local);
    }
  }

  #placeBlockParameters(): void {
    const { blocks } = this.fn;
    for (const block of this.flow.order) {
      if (block === 0) continue;
      const { params } = blocks[block];
      for (let i = 0; i < params.length; i++) {
        const value = params[i];
        if (this.isDead(value)) continue;
        this.state[value] = READY;
        const limbs = this.limbs(value);
        for (let k = 0; k < limbs; k++) this.cells[value * 4 + k] = this.#home(value, i, k);
      }
    }
  }

  #home(value: number, index: number, k: number): number {
    const wasmType = this.type(value) === I32 ? WASM_TYPE.i32 : WASM_TYPE.i64;
    if (this.live.isGlobal[value] === 1) return this.permanentLocal(wasmType);
    const key = (index * 3 + this.type(value)) * 4 + k;
    let local = this.#homes.get(key);
    if (local === undefined) {
      local = this.permanentLocal(wasmType);
      this.#homes.set(key, local);
    }
    return local;
  }

  /**
   * Moves the arguments whose count stands at `args` into the parameters of `target`, all at once.
   */
  moveArguments(args: number, target: number): void {
    const { code } = this;
    const { params } = this.fn.blocks[target];
    const moved: number[] = [];
    for (let i = 0; i < params.length; i++) {
      const parameter = params[i];
      if (this.isDead(parameter)) continue;
      const value = code[args + 1 + i];
      const limbs = this.limbs(parameter);
      if (this.state[value] === LAZY || (limbs === 1 && this.isNarrow(value))) {
        if (this.type(value) === I256) this.pushLow(value);
        else this.push(value);
        moved.push(this.cell(parameter, 0));
        for (let k = 1; k < limbs; k++) {
          this.const64(0);
          moved.push(this.cell(parameter, k));
        }
        continue;
      }
      for (let k = 0; k < limbs; k++) {
        if (this.cell(value, k) === this.cell(parameter, k)) continue;
        if (this.type(value) === I256) this.limb(value, k);
        else this.#pushCell(value, k, this.type(value) === I32);
        moved.push(this.cell(parameter, k));
      }
      this.done(value);
    }
    for (let i = moved.length - 1; i >= 0; i--) this.set(moved[i]);
  }
}
