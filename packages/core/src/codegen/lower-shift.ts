import { WASM_TYPE as T, W } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";
import { callKernelWord, pushFourLimbs } from "./kernel-calls.ts";
import { finish, pushHighLimbs } from "./lower-word.ts";

// Shifts and selections of bits of words. By a constant they are inline; the kernel shifts by a
// variable.

/** `value << amount` for a constant amount, `n` limbs; reads `value` once. */
export function shiftLeftBy(c: Emitter, amount: number, value: number, n: number): void {
  if (n === 1) {
    if (amount > 63) {
      // Only a zero has a result of one limb then.
      c.pushLow(value);
      c.op(W.drop);
      c.const64(0);
      return;
    }
    c.pushLow(value);
    if (amount > 0) {
      c.const64(amount);
      c.op(W.i64Shl);
    }
    return;
  }
  c.settle(value);
  const whole = amount >> 6;
  const part = amount & 63;
  for (let k = 0; k < n; k++) {
    pushFunnel(c, value, k - whole, k - whole - 1, part === 0 ? 0 : 64 - part, part);
    c.setLimb(k);
  }
  c.done(value);
}

/**
 * Pushes (limb `above` << left) | (limb `below` >> right), or the limb alone if left is 0; limbs
 * outside the word are 0.
 */
function pushFunnel(
  c: Emitter,
  value: number,
  above: number,
  below: number,
  right: number,
  left: number,
): void {
  const hasAbove = above >= 0 && above < 4 && !c.isZeroLimb(value, above);
  const hasBelow = left > 0 && right > 0 && below >= 0 && below < 4 && !c.isZeroLimb(value, below);
  if (hasAbove) {
    c.limb(value, above);
    if (left > 0) {
      c.const64(left);
      c.op(W.i64Shl);
    }
  }
  if (hasBelow) {
    c.limb(value, below);
    c.const64(right);
    c.op(W.i64ShrU);
    if (hasAbove) c.op(W.i64Or);
  }
  if (!hasAbove && !hasBelow) c.const64(0);
}

/**
 * `value >> amount` for a constant amount, `n` limbs, filled with the sign if `signed`; reads
 * `value` once.
 */
export function shiftRightBy(
  c: Emitter,
  amount: number,
  value: number,
  n: number,
  signed: boolean,
): void {
  if (c.limbs(value) === 1) {
    c.pushLow(value);
    if (amount > 63) {
      c.op(W.drop);
      c.const64(0);
    } else if (amount > 0) {
      c.const64(amount);
      c.op(W.i64ShrU);
    }
    return;
  }
  c.settle(value);
  const whole = amount >> 6;
  const part = amount & 63;
  for (let k = 0; k < n; k++) {
    const from = k + whole;
    if (signed && from >= 3) {
      c.limb(value, 3);
      c.const64(from === 3 ? part : 63);
      c.op(W.i64ShrS);
    } else if (part === 0) pushFunnel(c, value, from, -1, 0, 0);
    else pushFunnel(c, value, from + 1, from, part, 64 - part);
    finish(c, k, n);
  }
  c.done(value);
}

/** Pushes a shift amount as an i64 that is 256 or more when the word is; reads it once. */
function pushAmount(c: Emitter, amount: number): void {
  if (c.limbs(amount) === 1) return c.pushLow(amount);
  c.settle(amount);
  c.limb(amount, 0);
  c.const64(256);
  if (!pushHighLimbs(c, amount, 1)) c.const64(0);
  c.op(W.i64Eqz);
  c.op(W.select);
  c.done(amount);
}

const shift =
  (name: "shl" | "shr" | "sar"): Lower =>
  (c, at) => {
    const amount = c.code[at + 3];
    const value = c.code[at + 4];
    const n = c.limbs(c.code[at + 2]);
    const signed = name === "sar" && c.bits(value) === 256;
    const known = c.isConstant(amount) ? knownAmount(c, amount) : -1;
    if (known >= 0) {
      if (name === "shl") shiftLeftBy(c, known, value, n);
      else shiftRightBy(c, known, value, n, signed);
      return c.done(amount);
    }
    if (name !== "shl" && n === 1 && c.limbs(value) === 1) return shiftLimbRight(c, amount, value);
    c.settle(value);
    pushAmount(c, amount);
    pushFourLimbs(c, value);
    callKernelWord(c, signed || name === "shl" ? name : "shr", n);
    c.done(value);
  };

/** A constant amount, all that shift everything out being 256. */
function knownAmount(c: Emitter, amount: number): number {
  const small = c.smallConstant(amount, 255);
  return small < 0 ? 256 : small;
}

function shiftLimbRight(c: Emitter, amount: number, value: number): void {
  const count = c.temporary(T.i64);
  pushAmount(c, amount);
  c.set(count);
  c.pushLow(value);
  c.get(count);
  c.op(W.i64ShrU);
  c.const64(0);
  c.get(count);
  c.const64(64);
  c.op(W.i64LtU);
  c.op(W.select);
  c.free(count);
}

export const shl = shift("shl");
export const shr = shift("shr");
export const sar = shift("sar");

export const byte: Lower = (c, at) => {
  const index = c.code[at + 3];
  const value = c.code[at + 4];
  c.settle(value);
  if (c.isConstant(index)) {
    const i = c.smallConstant(index, 31);
    const fromLow = 31 - i;
    if (i < 0 || c.isZeroLimb(value, fromLow >> 3)) c.const64(0);
    else {
      c.limb(value, fromLow >> 3);
      c.const64(8 * (fromLow & 7));
      c.op(W.i64ShrU);
      c.const64(0xff);
      c.op(W.i64And);
    }
    c.done(index);
  } else {
    const i = c.temporary(T.i64);
    pushAmount(c, index);
    c.set(i);
    c.const64(31);
    c.get(i);
    c.op(W.i64Sub);
    c.const64(3);
    c.op(W.i64Shl);
    c.const64(256);
    c.get(i);
    c.const64(32);
    c.op(W.i64LtU);
    c.op(W.select);
    pushFourLimbs(c, value);
    c.kernel("shr");
    c.const64(0xff);
    c.op(W.i64And);
    c.free(i);
  }
  c.done(value);
};

export const signextend: Lower = (c, at) => {
  const index = c.code[at + 3];
  const value = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  c.settle(value);
  if (!c.isConstant(index)) {
    pushAmount(c, index);
    pushFourLimbs(c, value);
    callKernelWord(c, "signextend", n);
    return c.done(value);
  }
  const i = c.smallConstant(index, 30);
  const top = i < 0 ? 4 : i >> 3;
  if (i < 0 || n < 4) {
    // The sign is in place already, or known to be zero.
    for (let k = 0; k < n; k++) {
      c.limb(value, k);
      finish(c, k, n);
    }
  } else {
    const up = 56 - 8 * (i & 7);
    for (let k = 0; k < 4; k++) {
      if (k <= top) c.limb(value, k);
      else c.get(c.destinations[top]);
      if (k >= top) {
        if (k === top && up > 0) {
          c.const64(up);
          c.op(W.i64Shl);
        }
        c.const64(k === top ? up : 63);
        c.op(W.i64ShrS);
      }
      c.setLimb(k);
    }
  }
  c.done(index);
  c.done(value);
};

/** Leading zeros: those of the highest limb that is not zero, looked for from below. */
export const clz: Lower = (c, at) => {
  const a = c.code[at + 3];
  const count = c.temporary(T.i64);
  c.settle(a);
  c.limb(a, 0);
  c.op(W.i64Clz);
  c.const64(192);
  c.op(W.i64Add);
  c.set(count);
  for (let k = 1; k < 4; k++) {
    if (c.isZeroLimb(a, k)) continue;
    c.limb(a, k);
    c.op(W.i64Clz);
    c.const64(64 * (3 - k));
    c.op(W.i64Add);
    c.get(count);
    c.limb(a, k);
    c.op(W.i64Eqz);
    c.op(W.i32Eqz);
    c.op(W.select);
    c.set(count);
  }
  c.get(count);
  c.free(count);
  c.done(a);
};
