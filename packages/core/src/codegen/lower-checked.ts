import { WASM_TYPE as T, W } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";
import { pushLess } from "./lower-compare.ts";
import { pushFits } from "./lower-convert.ts";
import { div, mod, multiply } from "./lower-product.ts";
import { highProduct, trapBeyond } from "./lower-scalar.ts";
import {
  addLimbs,
  doneTwo,
  finish,
  pushHighLimbs,
  settleTwo,
  subtractLimbs,
} from "./lower-word.ts";

// Checked arithmetic of words. Arguments are below 2^bits, whether or not the width analysis knows.

/** Traps if the word in the destinations is 2^bits or more. `n` is its number of limbs. */
function trapDestinationsBeyond(c: Emitter, bits: number, n: number): void {
  const d = c.destinations;
  const partial = bits & 63;
  let pushed = false;
  for (let k = bits >> 6; k < n; k++) {
    c.get(d[k]);
    if (k === bits >> 6 && partial !== 0) {
      c.const64(partial);
      c.op(W.i64ShrU);
    }
    if (pushed) c.op(W.i64Or);
    pushed = true;
  }
  if (!pushed) return;
  c.trapUnlessZero();
}

export const checkedAdd: Lower = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const bits = c.code[at + 5];
  const n = c.limbs(c.code[at + 2]);
  const canExceed = Math.max(c.bits(a), c.bits(b)) + 1 > bits;
  settleTwo(c, at);
  if (n === 1) {
    const sum = c.temporary(T.i64);
    c.limb(a, 0);
    c.limb(b, 0);
    c.op(W.i64Add);
    if (canExceed) {
      if (bits < 64) trapBeyond(c, bits);
      else {
        c.tee(sum);
        c.limb(a, 0);
        c.op(W.i64LtU);
        c.trapIf();
        c.get(sum);
      }
    }
    c.free(sum);
  } else {
    const carry = c.temporary(T.i64);
    const wantsCarry = canExceed && bits >= 64 * n;
    addLimbs(c, a, b, n, carry, wantsCarry);
    if (wantsCarry) {
      c.get(carry);
      c.op(W.i32WrapI64);
      c.trapIf();
    } else if (canExceed) trapDestinationsBeyond(c, bits, n);
    c.free(carry);
  }
  doneTwo(c, at);
};

export const checkedSub: Lower = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  settleTwo(c, at);
  pushLess(c, a, b);
  c.trapIf();
  if (n === 1) {
    c.limb(a, 0);
    c.limb(b, 0);
    c.op(W.i64Sub);
  } else {
    const borrow = c.temporary(T.i64);
    subtractLimbs(c, a, b, n, borrow, false);
    c.free(borrow);
  }
  doneTwo(c, at);
};

export const checkedMul: Lower = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const bits = c.code[at + 5];
  const n = c.limbs(c.code[at + 2]);
  const canExceed = c.bits(a) + c.bits(b) > bits;
  settleTwo(c, at);
  if (n === 1) {
    if (canExceed) {
      // Arguments are below 2^64: the upper half must be zero and the lower in range.
      highProduct(c, a, 0, b, 0);
      c.trapUnlessZero();
    }
    c.limb(a, 0);
    c.limb(b, 0);
    c.op(W.i64Mul);
    if (canExceed) trapBeyond(c, bits);
  } else {
    multiply(c, a, b, n, "mulChecked");
    if (canExceed) trapDestinationsBeyond(c, bits, n);
  }
  doneTwo(c, at);
};

const checkedDivision =
  (division: Lower): Lower =>
  (c, at) => {
    const b = c.code[at + 4];
    c.settle(b);
    if (!pushHighLimbs(c, b, 0)) c.const64(0);
    c.op(W.i64Eqz);
    c.trapIf();
    division(c, at);
  };

export const checkedDiv = checkedDivision(div);
export const checkedRem = checkedDivision(mod);

export const checkedNarrow: Lower = (c, at) => {
  const a = c.code[at + 3];
  const bits = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  c.settle(a);
  if (c.bits(a) > bits) {
    pushFits(c, a, bits);
    c.op(W.i32Eqz);
    c.trapIf();
  }
  for (let k = 0; k < n; k++) {
    c.limb(a, k);
    finish(c, k, n);
  }
  c.done(a);
};
