import { OPERAND_STACK_BYTES } from "../host/frame-layout.ts";
import { WASM_TYPE as T, W, W_BULK } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";
import { loadGas } from "./lower-meter.ts";

// The operand stack in the frame: plain code, because only exact modules use it.

/** Where the operand stack's top is kept while another function may move it. */
const STACK_TOP_CELL = 28;

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

export function storeStackTop(c: Emitter): void {
  if (c.sp < 0) return;
  c.get(c.frame);
  c.get(c.sp);
  c.memory(W.i32Store, STACK_TOP_CELL);
}

export function loadStackTop(c: Emitter): void {
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
