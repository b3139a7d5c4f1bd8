import { FRAME } from "../host/frame-layout.ts";
import { REGION } from "../host/region.ts";
import { WASM_TYPE as T, W, W_BULK, W_SIMD } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";
import { callKernelWord } from "./kernel-calls.ts";
import { swapBytes } from "./lower-scalar.ts";

/** Shuffle that reverses 16 bytes. */
const REVERSED = Array.from({ length: 16 }, (_, i) => 15 - i);

/** Pushes an address; answers the offset for the instruction, which WebAssembly wants non-negative. */
function pushAddress(c: Emitter, address: number, offset: number): number {
  c.push(address);
  if (offset >= 0) return offset;
  c.const32(offset);
  c.op(W.i32Add);
  return 0;
}

export const load =
  (opcode: number): Lower =>
  (c, at) => {
    c.memory(opcode, pushAddress(c, c.code[at + 3], c.code[at + 4]));
  };

/** Stores come after all that was to be read before them: see {@link Emitter.flushReads}. */
export const store =
  (opcode: number): Lower =>
  (c, at) => {
    const offset = pushAddress(c, c.code[at + 2], c.code[at + 4]);
    c.push(c.code[at + 3]);
    c.flushReads();
    c.memory(opcode, offset);
  };

/** A local with the address plus a negative offset, and the offset that remains. */
function settleAddress(
  c: Emitter,
  address: number,
  offset: number,
): { local: number; rest: number } {
  const rest = pushAddress(c, address, offset);
  const local = c.temporary(T.i32);
  c.set(local);
  return { local, rest };
}

export const loadBigEndian: Lower = (c, at) => {
  const { local, rest } = settleAddress(c, c.code[at + 3], c.code[at + 4]);
  const half = c.temporary(T.v128);
  for (let k = 0; k < 4; k += 2) {
    c.get(local);
    c.memory128(W_SIMD.v128Load, rest + 16 - 8 * k);
    shuffleReversed(c, half);
    c.tee(half);
    extractLane(c, 0);
    c.setLimb(k);
    c.get(half);
    extractLane(c, 1);
    c.setLimb(k + 1);
  }
  c.free(half);
  c.free(local);
};

/** Reverses the bytes of the vector on the stack, with the help of a v128 local. */
function shuffleReversed(c: Emitter, local: number): void {
  c.tee(local);
  c.get(local);
  c.op(W_SIMD.prefix);
  c.out.unsigned(W_SIMD.i8x16Shuffle);
  for (const lane of REVERSED) c.out.byte(lane);
}

function extractLane(c: Emitter, lane: number): void {
  c.op(W_SIMD.prefix);
  c.out.unsigned(W_SIMD.i64x2ExtractLane);
  c.out.byte(lane);
}

function swap32(x: number): number {
  return ((x & 0xff) << 24) | ((x & 0xff00) << 8) | ((x >>> 8) & 0xff00) | (x >>> 24);
}

export const storeBigEndian: Lower = (c, at) => {
  const value = c.code[at + 3];
  c.settle(value);
  const { local, rest } = settleAddress(c, c.code[at + 2], c.code[at + 4]);
  c.flushReads();
  for (let k = 0; k < 4; k += 2) {
    const offset = rest + 16 - 8 * k;
    if (c.isConstantLimb(value, k) && c.isConstantLimb(value, k + 1)) {
      for (let i = 0; i < 2; i++) {
        c.get(local);
        c.const64(swap32(c.constantHigh(value, k + i)), swap32(c.constantLow(value, k + i)));
        c.memory(W.i64Store, offset + 8 - 8 * i);
      }
      continue;
    }
    if (c.isZeroLimb(value, k + 1)) {
      c.get(local);
      c.const64(0);
      c.memory(W.i64Store, offset);
      c.get(local);
      c.limb(value, k);
      swapBytes(c);
      c.memory(W.i64Store, offset + 8);
      continue;
    }
    c.get(local);
    c.limb(value, k);
    c.op(W_SIMD.prefix);
    c.out.unsigned(W_SIMD.i64x2Splat);
    c.limb(value, k + 1);
    c.op(W_SIMD.prefix);
    c.out.unsigned(W_SIMD.i64x2ReplaceLane);
    c.out.byte(1);
    const half = c.temporary(T.v128);
    shuffleReversed(c, half);
    c.free(half);
    c.memory128(W_SIMD.v128Store, offset);
  }
  c.free(local);
  c.done(value);
};

export const loadLittleEndian: Lower = (c, at) => {
  const { local, rest } = settleAddress(c, c.code[at + 3], c.code[at + 4]);
  for (let k = 0; k < c.code[at + 5] >> 3; k++) {
    c.get(local);
    c.memory(W.i64Load, rest + 8 * k);
    c.setLimb(k);
  }
  c.free(local);
};

export const storeLittleEndian: Lower = (c, at) => {
  const value = c.code[at + 3];
  c.settle(value);
  const { local, rest } = settleAddress(c, c.code[at + 2], c.code[at + 4]);
  c.flushReads();
  for (let k = 0; k < c.code[at + 5] >> 3; k++) {
    c.get(local);
    c.limb(value, k);
    c.memory(W.i64Store, rest + 8 * k);
  }
  c.free(local);
  c.done(value);
};

function pushThree(c: Emitter, at: number): void {
  for (let i = 0; i < 3; i++) c.push(c.code[at + 2 + i]);
  c.flushReads();
}

export const copy: Lower = (c, at) => {
  pushThree(c, at);
  for (const byte of [W_BULK.prefix, W_BULK.memoryCopy, 0, 0]) c.op(byte);
};

export const fill: Lower = (c, at) => {
  pushThree(c, at);
  for (const byte of [W_BULK.prefix, W_BULK.memoryFill, 0]) c.op(byte);
};

export const compare: Lower = (c, at) => {
  for (let i = 0; i < 3; i++) c.push(c.code[at + 3 + i]);
  c.kernel("compare");
};

export const sha256: Lower = (c, at) => {
  pushThree(c, at);
  c.kernel("sha256");
};

export const sha3: Lower = (c, at) => {
  pushThree(c, at);
  c.kernel("sha3");
};

export const keccak256: Lower = (c, at) => {
  c.push(c.code[at + 3]);
  c.push(c.code[at + 4]);
  callKernelWord(c, "keccak", c.limbs(c.code[at + 2]));
};

// --- regions (rules: host/region.ts) ------------------------------------------------------------------------------

/** Locals of a translation in progress: the entry of the region table, the offset in the region, the last byte's offset. */
interface Access {
  readonly entry: number;
  readonly offset: number;
}

/** Puts the region table's entry and the offset of the guest address on the stack into locals; traps above the last region. */
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
    c.const32(Math.log2(REGION.ENTRY));
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
 * Traps unless [offset, offset + size) lies in the region, for a constant size of at most 8. An address outside the predicted region has
 * an offset that is negative or too large, so one sign tells both: that of (length - size - offset) | offset.
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
