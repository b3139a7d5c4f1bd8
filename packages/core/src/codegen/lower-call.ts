import { assert } from "@dragoman/fault";
import { FRAME } from "../host/frame-layout.ts";
import { OUTCOME } from "../host/outcome.ts";
import { I32, I256, type ValueType } from "../ir/value-type.ts";
import { WASM_TYPE as T, W } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";
import { limbCount } from "./limbs.ts";
import { loadGas, storeGas } from "./lower-meter.ts";
import { loadStackTop, storeStackTop } from "./lower-stack.ts";
import { LEFT, LEFT_BELOW, openSignature } from "./module-plan.ts";

// Calls of functions and of the host, and the ways out of a function.

/**
 * Pushes a value as it crosses a function's border: words with the limbs that their width there
 * needs.
 */
function pushFlat(c: Emitter, value: number, bits: number): void {
  if (c.type(value) !== I256) return c.push(value);
  const limbs = limbCount(bits);
  if (c.limbs(value) === 1) {
    c.pushLow(value);
    for (let k = 1; k < limbs; k++) c.const64(0);
    return;
  }
  c.settle(value);
  for (let k = 0; k < limbs; k++) c.limb(value, k);
  c.done(value);
}

/**
 * Gives the results, whose count stands at `countAt`, their locals and pops them, and the gas under
 * them.
 */
function takeResults(
  c: Emitter,
  countAt: number,
  resultBits: Uint16Array | undefined,
  hasGas: boolean,
): void {
  const { code } = c;
  for (let i = code[countAt]; i >= 1; i--) {
    const value = code[countAt + i];
    const popped = c.type(value) === I256 ? limbCount(resultBits?.[i - 1] ?? 256) : 1;
    const isDead = c.isDead(value);
    if (!isDead) c.allocate(value);
    for (let k = popped - 1; k >= 0; k--) {
      if (isDead) c.op(W.drop);
      else c.setLimb(k);
    }
    for (let k = popped; k < c.limbs(value) && !isDead; k++) {
      c.const64(0);
      c.setLimb(k);
    }
  }
  if (hasGas) c.set(c.gas);
}

export const call: Lower = (c, at) => {
  const { code } = c;
  const index = code[at + 2];
  const plan = c.module.plans[index];
  assert(plan !== undefined, "a callee was planned");
  const { paramBits, resultBits } = plan.widths;
  const args = at + 5 + code[at + 3];
  if (plan.needsFrame) c.get(c.frame);
  if (plan.needsGas) c.get(c.gas);
  for (let i = 0; i < paramBits.length; i++) pushFlat(c, code[args + i], paramBits[i]);
  c.flushBeforeCall();
  if (plan.touchesStack) storeStackTop(c);
  c.callFunction(c.module.functionIndex(index));
  takeResults(c, at + 3, resultBits, plan.needsGas);
  if (plan.leaves) returnIfLeft(c);
  if (plan.touchesStack) loadStackTop(c);
};

export const callIndirect: Lower = (c, at) => {
  const { code } = c;
  const args = at + 5 + code[at + 4];
  c.get(c.frame);
  c.get(c.gas);
  for (let i = 1; i <= code[args]; i++) pushFlat(c, code[args + i], 256);
  c.push(code[at + 3]);
  c.flushBeforeCall();
  storeStackTop(c);
  c.op(W.callIndirect);
  const signature = c.module.module.indirect[code[at + 2]];
  c.out.unsigned(c.module.typeIndex(openSignature(signature)));
  c.out.unsigned(c.module.functionTable);
  takeResults(c, at + 4, undefined, true);
  returnIfLeft(c);
  loadStackTop(c);
};

/** After a call: returns where the callee has ended the frame. */
function returnIfLeft(c: Emitter): void {
  c.get(c.gas);
  c.const64(LEFT_BELOW.LOW, LEFT_BELOW.HIGH);
  c.op(W.i64LtS);
  c.op(W.if);
  c.op(T.empty);
  returnLeft(c);
  c.op(W.end);
}

/** Returns from a frame that has ended: the entry with its outcome, other functions with {@link LEFT} and results of no meaning. */
function returnLeft(c: Emitter): void {
  if (c.plan.isEntry) {
    c.get(c.frame);
    c.memory(W.i32Load, FRAME.OUTCOME);
  } else {
    c.const64(LEFT.LOW, LEFT.HIGH);
    for (const [i, type] of c.fn.results.entries()) {
      if (type === I32) c.const32(0);
      else
        for (let k = type === I256 ? limbCount(c.widths.resultBits[i]) : 1; k > 0; k--)
          c.const64(0);
    }
  }
  c.op(W.return);
}

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
  returnLeft(c);
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

// --- ways out

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
  returnLeft(c);
}

export const exit: Lower = (c, at) => leave(c, c.code[at + 2]);

export const ret: Lower = (c, at) => {
  if (c.plan.isEntry) return leave(c, OUTCOME.OK);
  storeStackTop(c);
  if (c.gas >= 0) c.get(c.gas);
  for (let i = 0; i < c.code[at + 2]; i++) pushFlat(c, c.code[at + 3 + i], c.widths.resultBits[i]);
  c.op(W.return);
};
