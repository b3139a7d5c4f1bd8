import { FRAME } from "../host/frame-layout.ts";
import { REGION } from "../host/region.ts";
import { WASM_TYPE as T, W } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";

// Regioned guest memory; the rules are in host/region.ts.

/**
 * Locals of a translation in progress: the entry of the region table, the offset in the region, the
 * last byte's offset.
 */
interface Access {
  readonly entry: number;
  readonly offset: number;
}

/**
 * Puts the region table's entry and the offset of the guest address on the stack into locals; traps
 * above the last region.
 */
function locate(c: Emitter, guess: number): Access {
  const entry = c.temporary(T.i32);
  const offset = c.temporary(T.i64);
  c.tee(offset);
  if (guess < 0 || guess >= REGION.COUNT) {
    c.const64(0, REGION.COUNT);
    c.op(W.i64GeU);
    c.trapIf();
    c.get(c.frame);
    c.memory(W.i32Load, FRAME.REGION_TABLE);
    c.get(offset);
    c.const64(32);
    c.op(W.i64ShrU);
    c.op(W.i32WrapI64);
    c.const32(31 - Math.clz32(REGION.ENTRY));
    c.op(W.i32Shl);
    c.op(W.i32Add);
    c.set(entry);
    c.get(offset);
    c.op(W.i32WrapI64);
    c.op(W.i64ExtendI32U);
    c.set(offset);
  } else {
    c.const64(0, guess);
    c.op(W.i64Sub);
    c.set(offset);
    c.get(c.frame);
    c.memory(W.i32Load, FRAME.REGION_TABLE);
    if (guess > 0) {
      c.const32(guess * REGION.ENTRY);
      c.op(W.i32Add);
    }
    c.set(entry);
  }
  return { entry, offset };
}

/**
 * Traps unless [offset, offset + size) lies in the region, for a constant size of at most 8. An
 * address outside the predicted region has an offset that is negative or too large, so one sign
 * tells both: that of (length - size - offset) | offset.
 */
function checkBounds(c: Emitter, { entry, offset }: Access, size: number, write: boolean): void {
  c.get(entry);
  c.memory(W.i64Load, write ? REGION.WRITE_LENGTH : REGION.READ_LENGTH);
  c.const64(size);
  c.op(W.i64Sub);
  c.get(offset);
  c.op(W.i64Sub);
  c.get(offset);
  c.op(W.i64Or);
  // The gap: 0 - (bits of first and last offset under the mask) is negative if there are any.
  c.const64(0);
  c.get(offset);
  if (size > 1) {
    c.get(offset);
    c.const64(size - 1);
    c.op(W.i64Add);
    c.op(W.i64Or);
  }
  c.get(entry);
  c.memory(W.i64Load, REGION.GAP_MASK);
  c.op(W.i64And);
  c.op(W.i64Sub);
  c.op(W.i64Or);
  c.const64(0);
  c.op(W.i64LtS);
  c.trapIf();
}

/** Pushes the linear address and frees the locals. */
function pushHost(c: Emitter, { entry, offset }: Access): void {
  c.get(entry);
  c.memory(W.i32Load, REGION.HOST);
  c.get(offset);
  c.op(W.i32WrapI64);
  c.op(W.i32Add);
  c.free(entry);
  c.free(offset);
}

function pushGuestAddress(c: Emitter, address: number, delta: number): void {
  c.push(address);
  if (delta === 0) return;
  c.const64(delta);
  c.op(W.i64Add);
}

const LOADS: Readonly<Record<number, number>> = {
  1: W.i64Load8U,
  2: W.i64Load16U,
  4: W.i64Load32U,
  8: W.i64Load,
};
const STORES: Readonly<Record<number, number>> = {
  1: W.i64Store8,
  2: W.i64Store16,
  4: W.i64Store32,
  8: W.i64Store,
};

export const regionLoad: Lower = (c, at) => {
  const { code } = c;
  const size = code[at + 5];
  pushGuestAddress(c, code[at + 3], code[at + 4]);
  const access = locate(c, code[at + 6]);
  checkBounds(c, access, size, false);
  pushHost(c, access);
  c.memory(LOADS[size], 0);
};

export const regionStore: Lower = (c, at) => {
  const { code } = c;
  const size = code[at + 5];
  pushGuestAddress(c, code[at + 2], code[at + 4]);
  const access = locate(c, code[at + 6]);
  checkBounds(c, access, size, true);
  pushHost(c, access);
  c.push(code[at + 3]);
  c.flushReads();
  c.memory(STORES[size], 0);
};

/** A length that is known at run time only; 0 is legal where the offset is, and sees no gap. */
export const regionHost: Lower = (c, at) => {
  const { code } = c;
  const length = code[at + 4];
  c.settle(length);
  pushGuestAddress(c, code[at + 3], 0);
  const access = locate(c, code[at + 6]);
  const { entry, offset } = access;
  const last = c.temporary(T.i64);
  const pushLength = (): void => {
    c.getScalar(length);
    c.op(W.i64ExtendI32U);
  };
  c.get(entry);
  c.memory(W.i64Load, code[at + 5] !== 0 ? REGION.WRITE_LENGTH : REGION.READ_LENGTH);
  pushLength();
  c.op(W.i64Sub);
  c.get(offset);
  c.op(W.i64Sub);
  c.get(offset);
  c.op(W.i64Or);
  c.const64(0);
  c.op(W.i64LtS);
  c.trapIf();
  // With a gap mask, first and last byte must lie in one stretch between gaps.
  c.get(entry);
  c.memory(W.i64Load, REGION.GAP_MASK);
  c.op(W.i64Eqz);
  c.getScalar(length);
  c.op(W.i32Eqz);
  c.op(W.i32Or);
  c.op(W.i32Eqz);
  c.op(W.if);
  c.op(T.empty);
  c.get(offset);
  pushLength();
  c.op(W.i64Add);
  c.const64(1);
  c.op(W.i64Sub);
  c.set(last);
  c.get(offset);
  c.get(last);
  c.op(W.i64Or);
  c.get(entry);
  c.memory(W.i64Load, REGION.GAP_MASK);
  c.op(W.i64And);
  c.op(W.i64Eqz);
  c.get(offset);
  c.get(last);
  c.op(W.i64Xor);
  c.get(entry);
  c.memory(W.i64Load, REGION.GAP_MASK);
  c.op(W.i64LtU);
  c.op(W.i32And);
  c.op(W.i32Eqz);
  c.trapIf();
  c.op(W.end);
  pushHost(c, access);
  c.free(last);
  c.done(length);
};
