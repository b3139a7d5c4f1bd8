import { FRAME } from "../host/frame-layout.ts";
import { I256 } from "../ir/value-type.ts";
import { WASM_TYPE as T, W } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";

// The meter, which is a local, and variables, which are locals too.

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

/**
 * The amount may be as large as 2^63 - 1 and the gas a little below zero: both signs are looked at,
 * so nothing wraps unseen.
 */
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

export const refill: Lower = (c, at) => {
  c.get(c.gas);
  c.push(c.code[at + 2]);
  c.op(W.i64Add);
  c.set(c.gas);
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
