import { WASM_TYPE as T, W } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";
import { finish, pushHighLimbs } from "./lower-word.ts";

// Words from and to smaller types, and the choice between two words.

export const select: Lower = (c, at) => {
  const { code } = c;
  const a = code[at + 4];
  const b = code[at + 5];
  const n = c.limbs(code[at + 2]);
  if (n === 1) {
    c.pushLow(a);
    c.pushLow(b);
    c.push(code[at + 3]);
    c.op(W.select);
    return;
  }
  c.settle(a);
  c.settle(b);
  const condition = c.temporary(T.i32);
  c.push(code[at + 3]);
  c.set(condition);
  for (let k = 0; k < n; k++) {
    c.limb(a, k);
    c.limb(b, k);
    c.get(condition);
    c.op(W.select);
    c.setLimb(k);
  }
  c.free(condition);
  c.done(a);
  c.done(b);
};

export const fromI64Signed: Lower = (c, at) => {
  c.push(c.code[at + 3]);
  if (c.limbs(c.code[at + 2]) === 1) return;
  const d = c.destinations;
  c.tee(d[0]);
  c.const64(63);
  c.op(W.i64ShrS);
  c.tee(d[1]);
  c.tee(d[2]);
  c.set(d[3]);
};

export const make: Lower = (c, at) => {
  const n = c.limbs(c.code[at + 2]);
  for (let k = 0; k < 4; k++) {
    c.push(c.code[at + 3 + k]);
    if (k < n) finish(c, k, n);
    else c.op(W.drop);
  }
};

export const limb: Lower = (c, at) => {
  const a = c.code[at + 3];
  const k = c.code[at + 4];
  if (k === 0) return c.pushLow(a);
  c.settle(a);
  c.limb(a, k);
  c.done(a);
};

export const wrap32: Lower = (c, at) => {
  const a = c.code[at + 3];
  if (c.isNarrow(a)) return c.push(a);
  c.pushLow(a);
  c.op(W.i32WrapI64);
};

/** Pushes 1 if a settled word is below 2^bits, 0 < bits < 256. */
export function pushFits(c: Emitter, a: number, bits: number): void {
  const partial = bits & 63;
  const first = bits >> 6;
  const rest = pushHighLimbs(c, a, partial === 0 ? first : first + 1);
  if (partial !== 0 && !c.isZeroLimb(a, first)) {
    c.limb(a, first);
    c.const64(partial);
    c.op(W.i64ShrU);
    if (rest) c.op(W.i64Or);
    c.op(W.i64Eqz);
  } else if (rest) c.op(W.i64Eqz);
  else c.const32(1);
}

export const fits: Lower = (c, at) => {
  const a = c.code[at + 3];
  c.settle(a);
  if (c.bits(a) <= c.code[at + 4]) c.const32(1);
  else pushFits(c, a, c.code[at + 4]);
  c.done(a);
};

export const clamp32: Lower = (c, at) => {
  const a = c.code[at + 3];
  if (c.bits(a) <= 31) return wrap32(c, at);
  c.settle(a);
  c.limb(a, 0);
  c.op(W.i32WrapI64);
  c.const32(0x7fffffff);
  pushFits(c, a, 31);
  c.op(W.select);
  c.done(a);
};

export const clamp64: Lower = (c, at) => {
  const a = c.code[at + 3];
  if (c.bits(a) <= 63) return c.pushLow(a);
  c.settle(a);
  c.limb(a, 0);
  c.const64(-1, 0x7fffffff);
  pushFits(c, a, 63);
  c.op(W.select);
  c.done(a);
};
