import { W } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";
import { doneTwo, pushHighLimbs, settleTwo } from "./lower-word.ts";

// Comparisons of words: the result is an i32 on the wasm stack.

/** Pushes 1 if limbs `from` … of a settled word are all zero. */
function pushHighIsZero(c: Emitter, value: number, from: number): void {
  if (pushHighLimbs(c, value, from)) c.op(W.i64Eqz);
  else c.const32(1);
}

/** Pushes a < b, unsigned, for settled words. */
export function pushLess(c: Emitter, a: number, b: number): void {
  if (c.limbs(b) > 1) return pushLimbsLess(c, a, b, Math.max(c.limbs(a), c.limbs(b)));
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(W.i64LtU);
  if (c.limbs(a) === 1) return;
  pushHighIsZero(c, a, 1);
  c.op(W.i32And);
}

/** Pushes a < b looking at the lowest `n` limbs. */
function pushLimbsLess(c: Emitter, a: number, b: number, n: number): void {
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(W.i64LtU);
  for (let k = 1; k < n; k++) {
    c.limb(a, k);
    c.limb(b, k);
    c.op(W.i64Eq);
    c.op(W.i32And);
    c.limb(a, k);
    c.limb(b, k);
    c.op(W.i64LtU);
    c.op(W.i32Or);
  }
}

function lessUnsigned(c: Emitter, a: number, b: number): void {
  if (c.limbs(a) === 1 && c.limbs(b) === 1) {
    c.pushLow(a);
    c.pushLow(b);
    c.op(W.i64LtU);
    return;
  }
  c.settle(a);
  c.settle(b);
  pushLess(c, a, b);
  c.done(a);
  c.done(b);
}

/** Signed: the top limbs are compared as signed numbers. */
function lessSigned(c: Emitter, a: number, b: number): void {
  if (c.bits(a) < 256 && c.bits(b) < 256) return lessUnsigned(c, a, b);
  c.settle(a);
  c.settle(b);
  pushLimbsLess(c, a, b, 3);
  c.limb(a, 3);
  c.limb(b, 3);
  c.op(W.i64Eq);
  c.op(W.i32And);
  c.limb(a, 3);
  c.limb(b, 3);
  c.op(W.i64LtS);
  c.op(W.i32Or);
  c.done(a);
  c.done(b);
}

export const ltU: Lower = (c, at) => lessUnsigned(c, c.code[at + 3], c.code[at + 4]);
export const ltS: Lower = (c, at) => lessSigned(c, c.code[at + 3], c.code[at + 4]);

/** a > b is b < a; the arguments are settled first because they change places. */
export const gtU: Lower = (c, at) => lessUnsigned(c, c.code[at + 4], c.code[at + 3]);
export const gtS: Lower = (c, at) => lessSigned(c, c.code[at + 4], c.code[at + 3]);

export const eq: Lower = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const n = Math.max(c.limbs(a), c.limbs(b));
  if (n === 1) {
    c.pushLow(a);
    c.pushLow(b);
    c.op(W.i64Eq);
    return;
  }
  settleTwo(c, at);
  for (let k = 0; k < n; k++) {
    const left = !c.isZeroLimb(a, k);
    const right = !c.isZeroLimb(b, k);
    if (left || !right) c.limb(a, k);
    if (right) c.limb(b, k);
    if (left && right) c.op(W.i64Xor);
    if (k > 0) c.op(W.i64Or);
  }
  c.op(W.i64Eqz);
  doneTwo(c, at);
};

export const eqz: Lower = (c, at) => {
  const a = c.code[at + 3];
  if (c.isNarrow(a)) {
    c.push(a);
    c.op(W.i32Eqz);
    return;
  }
  if (c.limbs(a) === 1) c.pushLow(a);
  else {
    c.settle(a);
    if (!pushHighLimbs(c, a, 0)) c.const64(0);
    c.done(a);
  }
  c.op(W.i64Eqz);
};
