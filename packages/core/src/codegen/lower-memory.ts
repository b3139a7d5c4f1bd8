import { WASM_TYPE as T, W, W_BULK, W_SIMD } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";
import { callKernelWord } from "./kernel-calls.ts";
import { swapBytes } from "./lower-scalar.ts";

/** Shuffle that reverses 16 bytes. */
const REVERSED = Array.from({ length: 16 }, (_, i) => 15 - i);

/**
 * Pushes an address; answers the offset for the instruction, which WebAssembly wants non-negative.
 */
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
