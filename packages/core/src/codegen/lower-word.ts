import { WASM_TYPE as T, W } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";
import { pushLess } from "./lower-compare.ts";
import { trapBeyond } from "./lower-scalar.ts";

// Bitwise operations, sums, comparisons and conversions of words. The result has as many limbs as
// its width needs: one stays on the wasm stack, more go to the destinations.

/** Finishes limb `k` of `n`: a single limb stays on the stack. */
export function finish(c: Emitter, k: number, n: number): void {
  if (n > 1) c.setLimb(k);
}

/** Settles both arguments of the operation at `at`. */
export function settleTwo(c: Emitter, at: number): void {
  c.settle(c.code[at + 3]);
  c.settle(c.code[at + 4]);
}

export function doneTwo(c: Emitter, at: number): void {
  c.done(c.code[at + 3]);
  c.done(c.code[at + 4]);
}

/**
 * Pushes the OR of limbs `from` … of a settled word; false, with nothing pushed, if they are all
 * known to be zero.
 */
export function pushHighLimbs(c: Emitter, value: number, from: number): boolean {
  let pushed = false;
  for (let k = from; k < 4; k++) {
    if (c.isZeroLimb(value, k)) continue;
    c.limb(value, k);
    if (pushed) c.op(W.i64Or);
    pushed = true;
  }
  return pushed;
}

const bitwise =
  (opcode: number, isAnd: boolean): Lower =>
  (c, at) => {
    const a = c.code[at + 3];
    const b = c.code[at + 4];
    const n = c.limbs(c.code[at + 2]);
    if (n === 1) {
      c.pushLow(a);
      c.pushLow(b);
      c.op(opcode);
      return;
    }
    settleTwo(c, at);
    for (let k = 0; k < n; k++) {
      const left = !c.isZeroLimb(a, k);
      const right = !c.isZeroLimb(b, k);
      if (isAnd && !(left && right)) c.const64(0);
      else {
        if (left || !right) c.limb(a, k);
        if (right) c.limb(b, k);
        if (left && right) c.op(opcode);
      }
      c.setLimb(k);
    }
    doneTwo(c, at);
  };

export const and = bitwise(W.i64And, true);
export const or = bitwise(W.i64Or, false);
export const xor = bitwise(W.i64Xor, false);

export const not: Lower = (c, at) => {
  const a = c.code[at + 3];
  c.settle(a);
  for (let k = 0; k < 4; k++) {
    c.limb(a, k);
    c.const64(-1);
    c.op(W.i64Xor);
    c.setLimb(k);
  }
  c.done(a);
};

/**
 * Sum of two settled words into the destinations, `n` limbs; leaves in `carry` (an i64 local) the
 * carry out if `wantsCarry`.
 */
export function addLimbs(
  c: Emitter,
  a: number,
  b: number,
  n: number,
  carry: number,
  wantsCarry: boolean,
): void {
  const d = c.destinations;
  const partial = c.temporary(T.i64);
  for (let k = 0; k < n; k++) {
    const needsCarry = wantsCarry || k < n - 1;
    const left = !c.isZeroLimb(a, k);
    const right = !c.isZeroLimb(b, k);
    if (k === 0) {
      c.limb(a, 0);
      c.limb(b, 0);
      c.op(W.i64Add);
      c.tee(d[0]);
      c.limb(c.isConstantLimb(a, 0) ? a : b, 0);
      c.op(W.i64LtU);
      c.op(W.i64ExtendI32U);
      c.set(carry);
      continue;
    }
    if (!left || !right) {
      if (left || right) c.limb(left ? a : b, k);
      c.get(carry);
      if (left || right) c.op(W.i64Add);
      c.set(d[k]);
      if (!needsCarry) continue;
      if (left || right) {
        c.get(d[k]);
        c.get(carry);
        c.op(W.i64LtU);
        c.op(W.i64ExtendI32U);
      } else c.const64(0);
      c.set(carry);
      continue;
    }
    c.limb(a, k);
    c.limb(b, k);
    c.op(W.i64Add);
    if (needsCarry) c.tee(partial);
    c.get(carry);
    c.op(W.i64Add);
    c.set(d[k]);
    if (!needsCarry) continue;
    c.get(partial);
    c.limb(a, k);
    c.op(W.i64LtU);
    c.get(d[k]);
    c.get(carry);
    c.op(W.i64LtU);
    c.op(W.i32Or);
    c.op(W.i64ExtendI32U);
    c.set(carry);
  }
  c.free(partial);
}

export const add: Lower = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  if (n === 1) {
    const isSpeculated = c.isSpeculated(at);
    c.pushLow(a);
    c.pushLow(b);
    c.op(W.i64Add);
    if (isSpeculated) trapBeyond(c, c.bits(c.code[at + 2]));
    return;
  }
  settleTwo(c, at);
  const carry = c.temporary(T.i64);
  addLimbs(c, a, b, n, carry, false);
  c.free(carry);
  doneTwo(c, at);
};

/**
 * Difference of two settled words into the destinations, `n` limbs; the borrow out goes to `borrow`
 * if `wantsBorrow`.
 */
export function subtractLimbs(
  c: Emitter,
  a: number,
  b: number,
  n: number,
  borrow: number,
  wantsBorrow: boolean,
): void {
  const d = c.destinations;
  const partial = c.temporary(T.i64);
  for (let k = 0; k < n; k++) {
    const needsBorrow = wantsBorrow || k < n - 1;
    const hasRight = !c.isZeroLimb(b, k);
    if (k === 0) {
      c.limb(a, 0);
      c.limb(b, 0);
      c.op(W.i64Sub);
      c.set(d[0]);
      if (!needsBorrow) continue;
      c.limb(a, 0);
      c.limb(b, 0);
      c.op(W.i64LtU);
      c.op(W.i64ExtendI32U);
      c.set(borrow);
      continue;
    }
    c.limb(a, k);
    if (hasRight) {
      c.limb(b, k);
      c.op(W.i64Sub);
      if (needsBorrow) c.tee(partial);
    }
    c.get(borrow);
    c.op(W.i64Sub);
    c.set(d[k]);
    if (!needsBorrow) continue;
    if (hasRight) {
      c.limb(a, k);
      c.limb(b, k);
      c.op(W.i64LtU);
      c.get(partial);
      c.get(borrow);
      c.op(W.i64LtU);
      c.op(W.i32Or);
    } else {
      c.limb(a, k);
      c.get(borrow);
      c.op(W.i64LtU);
    }
    c.op(W.i64ExtendI32U);
    c.set(borrow);
  }
  c.free(partial);
}

export const sub: Lower = (c, at) => {
  settleTwo(c, at);
  if (c.isSpeculated(at)) {
    pushLess(c, c.code[at + 3], c.code[at + 4]);
    c.trapIf();
    c.limb(c.code[at + 3], 0);
    c.limb(c.code[at + 4], 0);
    c.op(W.i64Sub);
    return doneTwo(c, at);
  }
  const borrow = c.temporary(T.i64);
  subtractLimbs(c, c.code[at + 3], c.code[at + 4], c.limbs(c.code[at + 2]), borrow, false);
  c.free(borrow);
  doneTwo(c, at);
};
