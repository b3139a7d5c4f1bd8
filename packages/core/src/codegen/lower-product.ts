import type { KernelFunction } from "../kernel/kernel.ts";
import { WASM_TYPE as T, W } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";
import { callKernelWord, pushFourLimbs } from "./kernel-calls.ts";
import { highProduct, pushMask } from "./lower-scalar.ts";
import { shiftLeftBy, shiftRightBy } from "./lower-shift.ts";
import { doneTwo, finish, pushHighLimbs, settleTwo } from "./lower-word.ts";

// Products and quotients of words: inline when both are single limbs, at compile time or (behind a
// test) at run time; else in the kernel.

const inKernel =
  (name: KernelFunction, args: number): Lower =>
  (c, at) => {
    for (let i = 0; i < args; i++) c.settle(c.code[at + 3 + i]);
    for (let i = 0; i < args; i++) pushFourLimbs(c, c.code[at + 3 + i]);
    callKernelWord(c, name, c.limbs(c.code[at + 2]));
    for (let i = 0; i < args; i++) c.done(c.code[at + 3 + i]);
  };

export const addmod = inKernel("addmod", 3);
export const mulmod = inKernel("mulmod", 3);
export const exp = inKernel("exp", 2);

/** Exponent of a constant power of two, or -1. */
function powerOfTwo(c: Emitter, value: number): number {
  if (!c.isConstant(value)) return -1;
  let exponent = -1;
  for (let k = 0; k < 8; k++) {
    const half = k & 1 ? c.constantHigh(value, k >> 1) : c.constantLow(value, k >> 1);
    if (half === 0) continue;
    if (exponent >= 0 || (half & (half - 1)) !== 0) return -1;
    exponent = 32 * k + 31 - Math.clz32(half);
  }
  return exponent;
}

/**
 * Opens an `if` for the case that the limbs above the first of both words are zero; false = that is
 * known, nothing was opened.
 */
export function ifBothNarrow(c: Emitter, a: number, b: number, resultType: number): boolean {
  const left = pushHighLimbs(c, a, 1);
  const right = pushHighLimbs(c, b, 1);
  if (!left && !right) return false;
  if (left && right) c.op(W.i64Or);
  c.op(W.i64Eqz);
  c.op(W.if);
  c.op(resultType);
  return true;
}

export const mul: Lower = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  const exponentA = powerOfTwo(c, a);
  const exponentB = powerOfTwo(c, b);
  if (exponentA >= 0 || exponentB >= 0) {
    shiftLeftBy(c, exponentB >= 0 ? exponentB : exponentA, exponentB >= 0 ? a : b, n);
    return c.done(exponentB >= 0 ? b : a);
  }
  if (n === 1) {
    c.pushLow(a);
    c.pushLow(b);
    c.op(W.i64Mul);
    return;
  }
  settleTwo(c, at);
  multiply(c, a, b, n, "mul");
  doneTwo(c, at);
};

/**
 * Words of IR code from which on a function is written small: products and quotients go to the
 * kernel at once.
 */
const LARGE_FUNCTION = 50_000;

const goesToKernel = (c: Emitter, a: number, b: number): boolean =>
  c.code.length >= LARGE_FUNCTION && c.limbs(a) + c.limbs(b) > 2;

/**
 * Product of two settled words into the destinations, n >= 2 limbs; with `mulChecked`, traps if it
 * has more limbs.
 */
export function multiply(
  c: Emitter,
  a: number,
  b: number,
  n: number,
  name: "mul" | "mulChecked",
): void {
  if (goesToKernel(c, a, b)) return multiplyInKernel(c, a, b, n, name);
  const opened = ifBothNarrow(c, a, b, T.empty);
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(W.i64Mul);
  c.setLimb(0);
  highProduct(c, a, 0, b, 0);
  c.setLimb(1);
  for (let k = 2; k < n; k++) {
    c.const64(0);
    c.setLimb(k);
  }
  if (!opened) return;
  c.op(W.else);
  multiplyInKernel(c, a, b, n, name);
  c.op(W.end);
}

function multiplyInKernel(
  c: Emitter,
  a: number,
  b: number,
  n: number,
  name: "mul" | "mulChecked",
): void {
  pushFourLimbs(c, a);
  pushFourLimbs(c, b);
  callKernelWord(c, name, n);
  if (name === "mulChecked" && n < 4) {
    for (let k = n; k < 4; k++) {
      c.kernelLimb(k);
      if (k > n) c.op(W.i64Or);
    }
    c.trapUnlessZero();
  }
}

/** Pushes a0 op b0, or 0 if b0 is 0. */
function divideLimb(c: Emitter, a: number, b: number, opcode: number): void {
  const isKnown = c.isConstantLimb(b, 0) && !c.isZeroLimb(b, 0);
  if (!isKnown) {
    c.limb(b, 0);
    c.op(W.i64Eqz);
    c.op(W.if);
    c.op(T.i64);
    c.const64(0);
    c.op(W.else);
  }
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(opcode);
  if (!isKnown) c.op(W.end);
}

/** Quotient or remainder of two settled words, `n` limbs. */
function divide(c: Emitter, a: number, b: number, n: number, opcode: number, name: "div" | "mod") {
  if (goesToKernel(c, a, b)) {
    pushFourLimbs(c, a);
    pushFourLimbs(c, b);
    return callKernelWord(c, name, n);
  }
  // A result of one limb is left on the stack, by both ways of the `if`.
  const opened = ifBothNarrow(c, a, b, n === 1 ? T.i64 : T.empty);
  divideLimb(c, a, b, opcode);
  finish(c, 0, n);
  for (let k = 1; k < n; k++) {
    c.const64(0);
    c.setLimb(k);
  }
  if (!opened) return;
  c.op(W.else);
  pushFourLimbs(c, a);
  pushFourLimbs(c, b);
  callKernelWord(c, name, n);
  c.op(W.end);
}

export const div: Lower = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  const exponent = powerOfTwo(c, b);
  if (exponent >= 0) {
    shiftRightBy(c, exponent, a, n, false);
    return c.done(b);
  }
  settleTwo(c, at);
  divide(c, a, b, n, W.i64DivU, "div");
  doneTwo(c, at);
};

export const mod: Lower = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  settleTwo(c, at);
  const exponent = powerOfTwo(c, b);
  if (exponent >= 0) lowBits(c, a, exponent, n);
  else divide(c, a, b, n, W.i64RemU, "mod");
  doneTwo(c, at);
};

/** The lowest `bits` bits of a settled word. */
function lowBits(c: Emitter, a: number, bits: number, n: number): void {
  for (let k = 0; k < n; k++) {
    const kept = bits - 64 * k;
    if (kept <= 0) c.const64(0);
    else {
      c.limb(a, k);
      if (kept < 64) {
        pushMask(c, kept);
        c.op(W.i64And);
      }
    }
    finish(c, k, n);
  }
}

const signedDivision = (unsigned: Lower, name: "sdiv" | "smod"): Lower => {
  const general = inKernel(name, 2);
  return (c, at) => {
    const isUnsigned = c.bits(c.code[at + 3]) < 256 && c.bits(c.code[at + 4]) < 256;
    (isUnsigned ? unsigned : general)(c, at);
  };
};

export const sdiv = signedDivision(div, "sdiv");
export const smod = signedDivision(mod, "smod");
