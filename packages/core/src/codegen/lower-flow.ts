import { assert } from "@dragoman/fault";
import { FRAME, OPERAND_STACK_BYTES } from "../host/frame-layout.ts";
import { OUTCOME } from "../host/outcome.ts";
import { I32, I256, type ValueType } from "../ir/value-type.ts";
import { WASM_TYPE as T, W, W_BULK } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";
import { wasmSignature } from "./module-plan.ts";

// Meter, variables, operand stack, calls and the ways out of a function.

/** Where the operand stack's top is kept while another function may move it. */
const STACK_TOP_CELL = 28;

// --- meter --------------------------------------------------------------------------------------------------------

export const charge: Lower = (c, at) => {
  c.get(c.gas);
  c.const64(c.code[at + 2]);
  c.op(W.i64Sub);
  c.set(c.gas);
};

export const check: Lower = (c) => {
  c.get(c.gas);
  c.const64(0);
  c.op(W.i64LtS);
  c.trapIf();
};

export const meter: Lower = (c, at) => {
  charge(c, at);
  check(c, at);
};

/** The amount may be as large as 2^63 - 1 and the gas a little below zero: both signs are looked at, so nothing wraps unseen. */
export const meterDynamic: Lower = (c, at) => {
  const left = c.temporary(T.i64);
  c.get(c.gas);
  c.push(c.code[at + 2]);
  c.op(W.i64Sub);
  c.tee(left);
  c.get(c.gas);
  c.op(W.i64Or);
  c.const64(0);
  c.op(W.i64LtS);
  c.trapIf();
  c.get(left);
  c.set(c.gas);
  c.free(left);
};

export const gas: Lower = (c) => c.get(c.gas);

/** The cell in the frame, for the host and for the engine. */
export function storeGas(c: Emitter): void {
  if (c.gas < 0) return;
  c.get(c.frame);
  c.get(c.gas);
  c.memory(W.i64Store, FRAME.GAS);
}

export function loadGas(c: Emitter): void {
  if (c.gas < 0) return;
  c.get(c.frame);
  c.memory(W.i64Load, FRAME.GAS);
  c.set(c.gas);
}

// --- variables ----------------------------------------------------------------------------------------------------

export const setVariable: Lower = (c, at) => {
  const value = c.code[at + 2];
  const index = c.code[at + 3];
  const first = c.variable(index);
  const limbs = c.variableLimbs(index);
  if (limbs === 1) {
    if (c.type(value) === I256) c.pushLow(value);
    else c.push(value);
    c.detachVariable(index);
    c.set(first);
    return;
  }
  c.settle(value);
  for (let k = 0; k < limbs; k++) c.limb(value, k);
  c.done(value);
  c.detachVariable(index);
  for (let k = limbs - 1; k >= 0; k--) c.set(first + k);
};

// --- operand stack ------------------------------------------------------------------------------------------------

export const stackCheck: Lower = (c, at) => {
  const base = c.module.module.operandStack;
  const need = c.code[at + 2];
  const growth = c.code[at + 3];
  if (need > 0) {
    c.get(c.sp);
    c.get(c.frame);
    c.const32(base + 32 * need);
    c.op(W.i32Add);
    c.op(W.i32LtU);
    c.trapIf();
  }
  if (growth > 0) {
    c.get(c.sp);
    c.get(c.frame);
    c.const32(base + OPERAND_STACK_BYTES - 32 * growth);
    c.op(W.i32Add);
    c.op(W.i32GtU);
    c.trapIf();
  }
};

/** Pushes the address of limb 0 of the word `depth` below the top. */
function pushStackAddress(c: Emitter, depth: number): void {
  c.get(c.sp);
  c.const32(32 * (depth + 1));
  c.op(W.i32Sub);
}

export const stackGet: Lower = (c, at) => {
  for (let k = 0; k < 4; k++) {
    pushStackAddress(c, c.code[at + 3]);
    c.memory(W.i64Load, 8 * k);
    c.setLimb(k);
  }
};

export const stackSet: Lower = (c, at) => {
  const value = c.code[at + 2];
  c.settle(value);
  c.flushReads();
  for (let k = 0; k < 4; k++) {
    pushStackAddress(c, c.code[at + 3]);
    c.limb(value, k);
    c.memory(W.i64Store, 8 * k);
  }
  c.done(value);
};

/** New words are zero. */
export const stackMove: Lower = (c, at) => {
  const words = c.code[at + 2];
  if (words > 0) {
    c.flushReads();
    c.get(c.sp);
    c.const32(0);
    c.const32(32 * words);
    for (const byte of [W_BULK.prefix, W_BULK.memoryFill, 0]) c.op(byte);
  }
  c.get(c.sp);
  c.const32(32 * words);
  c.op(W.i32Add);
  c.set(c.sp);
};

function storeStackTop(c: Emitter): void {
  if (c.sp < 0) return;
  c.get(c.frame);
  c.get(c.sp);
  c.memory(W.i32Store, STACK_TOP_CELL);
}

function loadStackTop(c: Emitter): void {
  if (c.sp < 0) return;
  c.get(c.frame);
  c.memory(W.i32Load, STACK_TOP_CELL);
  c.set(c.sp);
}

/** What a function does before its first block. */
export function writePrologue(c: Emitter): void {
  const { plan } = c;
  if (plan.isEntry) {
    loadGas(c);
    if (!plan.touchesStack) return;
    if (c.module.module.operandStack === 0) return;
    c.sp = c.permanentLocal(T.i32);
    c.get(c.frame);
    c.const32(c.module.module.operandStack);
    c.op(W.i32Add);
    c.set(c.sp);
    return;
  }
  if (!plan.usesStack) return;
  c.sp = c.permanentLocal(T.i32);
  loadStackTop(c);
}

// --- calls --------------------------------------------------------------------------------------------------------

/** Pushes a value as it crosses a function's border: words with all four limbs. */
function pushFlat(c: Emitter, value: number): void {
  if (c.type(value) !== I256) return c.push(value);
  if (c.limbs(value) === 1) {
    c.pushLow(value);
    for (let k = 1; k < 4; k++) c.const64(0);
    return;
  }
  c.settle(value);
  for (let k = 0; k < 4; k++) c.limb(value, k);
  c.done(value);
}

/** Gives the results, whose count stands at `countAt`, their locals and pops them, and the gas under them. */
function takeResults(c: Emitter, countAt: number, hasGas: boolean): void {
  const { code } = c;
  for (let i = code[countAt]; i >= 1; i--) {
    const value = code[countAt + i];
    const limbs = c.type(value) === I256 ? 4 : 1;
    const isDead = c.isDead(value);
    if (!isDead) c.allocate(value);
    for (let k = limbs - 1; k >= 0; k--) {
      if (isDead) c.op(W.drop);
      else c.setLimb(k);
    }
  }
  if (hasGas) c.set(c.gas);
}

export const call: Lower = (c, at) => {
  const { code } = c;
  const index = code[at + 2];
  const plan = c.module.plans[index];
  assert(plan !== undefined, "a callee was planned");
  const args = at + 4 + code[at + 3];
  if (plan.needsFrame) c.get(c.frame);
  if (plan.needsGas) c.get(c.gas);
  for (let i = 1; i <= code[args]; i++) pushFlat(c, code[args + i]);
  c.flushBeforeCall();
  if (plan.touchesStack) storeStackTop(c);
  c.callFunction(c.module.functionIndex(index));
  takeResults(c, at + 3, plan.needsGas);
  if (plan.touchesStack) loadStackTop(c);
};

export const callIndirect: Lower = (c, at) => {
  const { code } = c;
  const args = at + 5 + code[at + 4];
  c.get(c.frame);
  c.get(c.gas);
  for (let i = 1; i <= code[args]; i++) pushFlat(c, code[args + i]);
  c.push(code[at + 3]);
  c.flushBeforeCall();
  storeStackTop(c);
  c.op(W.callIndirect);
  const signature = c.module.module.indirect[code[at + 2]];
  c.out.unsigned(c.module.typeIndex(wasmSignature(signature, true, true)));
  c.out.byte(0);
  takeResults(c, at + 4, true);
  loadStackTop(c);
};

const SCALAR_STORE: Readonly<Record<ValueType, number>> = [W.i32Store, W.i64Store, W.i64Store];
const SCALAR_LOAD: Readonly<Record<ValueType, number>> = [W.i32Load, W.i64Load, W.i64Load];

/** Stores the arguments, whose count stands at `args`, into the scratch slots. */
function storeSlots(c: Emitter, args: number): void {
  const { code } = c;
  for (let i = 0; i < code[args]; i++) {
    const value = code[args + 1 + i];
    const slot = FRAME.SCRATCH + i * FRAME.SLOT;
    const type = c.type(value);
    if (type !== I256) {
      c.get(c.frame);
      c.push(value);
      c.memory(SCALAR_STORE[type], slot);
      continue;
    }
    c.settle(value);
    for (let k = 0; k < 4; k++) {
      c.get(c.frame);
      c.limb(value, k);
      c.memory(W.i64Store, slot + 8 * k);
    }
    c.done(value);
  }
}

/** Calls the import; a frame that is to end leaves from here. */
function callHost(c: Emitter, index: number): void {
  storeGas(c);
  storeStackTop(c);
  c.const32(index);
  c.get(c.frame);
  c.callFunction(c.module.hostFunction);
  c.op(W.if);
  c.op(T.empty);
  if (c.plan.isEntry) {
    c.get(c.frame);
    c.memory(W.i32Load, FRAME.OUTCOME);
    c.op(W.return);
  } else {
    c.callFunction(c.module.leaveFunction);
    c.op(W.unreachable);
  }
  c.op(W.end);
  loadGas(c);
}

export const host: Lower = (c, at) => {
  const { code } = c;
  const args = at + 4 + code[at + 3];
  // Before the scratch slots are written: an argument may read one.
  c.flushBeforeCall();
  storeSlots(c, args);
  callHost(c, code[at + 2]);
  for (let i = 0; i < code[at + 3]; i++) {
    const value = code[at + 4 + i];
    if (c.isDead(value)) continue;
    c.allocate(value);
    const limbs = c.limbs(value);
    const type = c.type(value);
    for (let k = 0; k < limbs; k++) {
      c.get(c.frame);
      c.memory(SCALAR_LOAD[type], FRAME.SCRATCH + i * FRAME.SLOT + 8 * k);
      c.setLimb(k);
    }
  }
};

export const hostIf: Lower = (c, at) => {
  const { code } = c;
  // What is computed inside the `if` is not there behind it.
  for (let i = 0; i < code[at + 4]; i++) c.settle(code[at + 5 + i]);
  c.flushBeforeCall();
  c.push(code[at + 3]);
  c.op(W.if);
  c.op(T.empty);
  storeSlots(c, at + 4);
  callHost(c, code[at + 2]);
  c.op(W.end);
};

// --- ways out -----------------------------------------------------------------------------------------------------

export const trap: Lower = (c) => c.op(W.unreachable);

export const trapIf: Lower = (c, at) => {
  c.push(c.code[at + 2]);
  c.trapIf();
};

function leave(c: Emitter, outcome: number): void {
  storeGas(c);
  if (c.plan.isEntry) {
    c.const32(outcome);
    c.op(W.return);
    return;
  }
  c.get(c.frame);
  c.const32(outcome);
  c.memory(W.i32Store, FRAME.OUTCOME);
  c.callFunction(c.module.leaveFunction);
  c.op(W.unreachable);
}

export const exit: Lower = (c, at) => leave(c, c.code[at + 2]);

export const ret: Lower = (c, at) => {
  if (c.plan.isEntry) return leave(c, OUTCOME.OK);
  storeStackTop(c);
  if (c.gas >= 0) c.get(c.gas);
  for (let i = 0; i < c.code[at + 2]; i++) pushFlat(c, c.code[at + 3 + i]);
  c.op(W.return);
};
