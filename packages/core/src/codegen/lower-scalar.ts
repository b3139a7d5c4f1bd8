import { WASM_TYPE as T, W } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";

// Operations on i32 and i64 values. A fixed operation with a result has it at `at + 2` and its
// arguments from `at + 3` on.

/** One argument, one instruction. */
export const unary =
  (opcode: number): Lower =>
  (c, at) => {
    c.push(c.code[at + 3]);
    c.op(opcode);
  };

/** Two arguments, one instruction. Division by zero traps by itself. */
export const binary =
  (opcode: number): Lower =>
  (c, at) => {
    c.push(c.code[at + 3]);
    c.push(c.code[at + 4]);
    c.op(opcode);
  };

/** Nothing but the argument. */
export const same: Lower = (c, at) => c.push(c.code[at + 3]);

export const scalarSelect: Lower = (c, at) => {
  c.push(c.code[at + 4]);
  c.push(c.code[at + 5]);
  c.push(c.code[at + 3]);
  c.op(W.select);
};

function low32(c: Emitter, value: number, k: number): void {
  c.limb(value, k);
  c.op(W.i32WrapI64);
  c.op(W.i64ExtendI32U);
}

function high32(c: Emitter, value: number, k: number): void {
  c.limb(value, k);
  c.const64(32);
  c.op(W.i64ShrU);
}

/** Pushes the high half of the product of limb `i` of `a` and limb `k` of `b`, both settled. */
export function highProduct(c: Emitter, a: number, i: number, b: number, k: number): void {
  const middle = c.temporary(T.i64);
  low32(c, a, i);
  low32(c, b, k);
  c.op(W.i64Mul);
  c.const64(32);
  c.op(W.i64ShrU);
  high32(c, a, i);
  low32(c, b, k);
  c.op(W.i64Mul);
  c.op(W.i64Add);
  c.tee(middle);
  c.op(W.i32WrapI64);
  c.op(W.i64ExtendI32U);
  low32(c, a, i);
  high32(c, b, k);
  c.op(W.i64Mul);
  c.op(W.i64Add);
  c.const64(32);
  c.op(W.i64ShrU);
  c.get(middle);
  c.const64(32);
  c.op(W.i64ShrU);
  c.op(W.i64Add);
  high32(c, a, i);
  high32(c, b, k);
  c.op(W.i64Mul);
  c.op(W.i64Add);
  c.free(middle);
}

export const mulHigh: Lower = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  c.settle(a);
  c.settle(b);
  highProduct(c, a, 0, b, 0);
  c.done(a);
  c.done(b);
};

/** Reverses the bytes of the i64 on the stack: bytes in pairs, pairs in quads, then the halves. */
export function swapBytes(c: Emitter): void {
  const x = c.temporary(T.i64);
  for (const [shift, low, high] of [
    [8, 0x00ff00ff, 0x00ff00ff],
    [16, 0x0000ffff, 0x0000ffff],
  ] as const) {
    c.tee(x);
    c.const64(shift);
    c.op(W.i64ShrU);
    c.const64(low, high);
    c.op(W.i64And);
    c.get(x);
    c.const64(low, high);
    c.op(W.i64And);
    c.const64(shift);
    c.op(W.i64Shl);
    c.op(W.i64Or);
  }
  c.const64(32);
  c.op(W.i64Rotl);
  c.free(x);
}

export const byteSwap: Lower = (c, at) => {
  c.push(c.code[at + 3]);
  swapBytes(c);
};

// --- checked

/** Pushes 2^bits - 1, for 1 <= bits <= 64. */
export function pushMask(c: Emitter, bits: number): void {
  if (bits >= 64) c.const64(-1, -1);
  else if (bits >= 32) c.const64(-1, 2 ** (bits - 32) - 1);
  else c.const64(2 ** bits - 1, 0);
}

/** Traps if the i64 on the stack is 2^bits or more; leaves it there. */
export function trapBeyond(c: Emitter, bits: number): void {
  if (bits >= 64) return;
  const value = c.temporary(T.i64);
  c.tee(value);
  pushMask(c, bits);
  c.op(W.i64GtU);
  c.trapIf();
  c.get(value);
  c.free(value);
}

export const checkedAdd: Lower = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const bits = c.code[at + 5];
  if (bits < 64) {
    c.push(a);
    c.push(b);
    c.op(W.i64Add);
    if (Math.max(c.bits(a), c.bits(b)) + 1 > bits) trapBeyond(c, bits);
    return;
  }
  const sum = c.temporary(T.i64);
  c.settle(a);
  c.limb(a, 0);
  c.push(b);
  c.op(W.i64Add);
  c.tee(sum);
  c.limb(a, 0);
  c.op(W.i64LtU);
  c.trapIf();
  c.get(sum);
  c.done(a);
  c.free(sum);
};

export const checkedSub: Lower = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  c.settle(a);
  c.settle(b);
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(W.i64LtU);
  c.trapIf();
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(W.i64Sub);
  c.done(a);
  c.done(b);
};

export const checkedMul: Lower = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const bits = c.code[at + 5];
  if (c.bits(a) + c.bits(b) <= bits || bits <= 32) {
    c.push(a);
    c.push(b);
    c.op(W.i64Mul);
    if (c.bits(a) + c.bits(b) > bits) trapBeyond(c, bits);
    return;
  }
  c.settle(a);
  c.settle(b);
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(W.i64Or);
  c.const64(32);
  c.op(W.i64ShrU);
  c.op(W.i64Eqz);
  c.op(W.i32Eqz);
  c.op(W.if);
  c.op(T.empty);
  highProduct(c, a, 0, b, 0);
  c.trapUnlessZero();
  c.op(W.end);
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(W.i64Mul);
  trapBeyond(c, bits);
  c.done(a);
  c.done(b);
};

export const checkedNarrow: Lower = (c, at) => {
  const value = c.code[at + 3];
  const bits = c.code[at + 4];
  c.push(value);
  if (c.bits(value) > bits) trapBeyond(c, bits);
};
