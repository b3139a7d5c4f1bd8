import { WASM_TYPE as T, W } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";

// Bitwise operations, sums, comparisons and conversions of words. The result has as many limbs as its width needs: one stays on the wasm
// stack, more go to the destinations.

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

/** Pushes the OR of limbs `from` … of a settled word; false, with nothing pushed, if they are all known to be zero. */
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

/** Pushes 1 if limbs `from` … of a settled word are all zero. */
function pushHighIsZero(c: Emitter, value: number, from: number): void {
  if (pushHighLimbs(c, value, from)) c.op(W.i64Eqz);
  else c.const32(1);
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

/** Sum of two settled words into the destinations, `n` limbs; leaves in `carry` (an i64 local) the carry out if `wantsCarry`. */
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
    c.pushLow(a);
    c.pushLow(b);
    c.op(W.i64Add);
    return;
  }
  settleTwo(c, at);
  const carry = c.temporary(T.i64);
  addLimbs(c, a, b, n, carry, false);
  c.free(carry);
  doneTwo(c, at);
};

/** Difference of two settled words into the destinations, `n` limbs; the borrow out goes to `borrow` if `wantsBorrow`. */
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
  const borrow = c.temporary(T.i64);
  subtractLimbs(c, c.code[at + 3], c.code[at + 4], c.limbs(c.code[at + 2]), borrow, false);
  c.free(borrow);
  doneTwo(c, at);
};

// --- comparisons --------------------------------------------------------------------------------------------------

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

// --- conversions --------------------------------------------------------------------------------------------------

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
