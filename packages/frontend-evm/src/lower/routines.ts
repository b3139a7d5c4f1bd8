import {
  FunctionBuilder,
  I32,
  I256,
  type IrFunction,
  type IrSignature,
  OP,
  OUTCOME,
  WordPool,
} from "@dragoman/core";
import { HEADER, MEMORY } from "../frame-header.ts";
import { HOST_INDEX } from "./host-index.ts";

/**
 * IR functions that every EVM module carries behind its entry, so that memory expansion and input copies stay out of
 * JavaScript. Index 0 is the entry. Offsets and lengths are i32 below 2^31 (clamped), so that a sum fits 32 bits
 * unsigned.
 */
export const ROUTINE = {
  EXPAND: 1,
  TOUCH: 2,
  CALLDATALOAD: 3,
  CALLDATACOPY: 4,
  MCOPY: 5,
  COPYCOST: 6,
} as const;

/** Words of memory that no gas limit pays for: 2 GiB would cost 2^43. */
const WORDS_MAX = (1 << 26) - 2;

/** The routines by index - 1, and their signatures. They use no word constants. */
export const ROUTINES: readonly IrFunction[] = [
  expand(),
  touch(),
  calldataload(),
  calldatacopy(),
  mcopy(),
  copyCost(),
];

export const ROUTINE_SIGNATURES: readonly IrSignature[] = ROUTINES.map(({ params, results }) => ({
  params,
  results,
}));

/** memory.expand(end): pays for memory up to `end` and zeroes it; `end` lies beyond the current size. */
function expand(): IrFunction {
  const b = new FunctionBuilder("memory.expand", [I32], [], new WordPool());
  const [end] = b.blockParams(0) as [number];
  const grow = b.block();
  const fill = b.block();
  b.begin(0);
  const frame = b.op("frame");
  const old = b.op("i32.load", frame, HEADER.MSIZE);
  // (end + 31) >> 5 without overflow at 2^32
  const low = b.op("i32.ne", b.op("i32.and", end, b.const32(31)), b.const32(0));
  const words = b.op("i32.add", b.op("i32.shr_u", end, b.const32(5)), low);
  b.op("trap.if", b.op("i32.gt_u", words, b.const32(WORDS_MAX)), OUTCOME.OUT_OF_GAS);
  const oldWords = b.op("i32.shr_u", old, b.const32(5));
  b.op("meter.dynamic", b.op("i64.sub", memoryCost(b, words), memoryCost(b, oldWords)));
  const size = b.op("i32.shl", words, b.const32(5));
  b.brIf(b.op("i32.gt_u", size, b.op("i32.load", frame, HEADER.LIMIT)), grow, [], fill, []);
  b.begin(grow);
  b.host(HOST_INDEX["memory.grow"], [], [size]);
  b.br(fill);
  b.begin(fill);
  const start = b.op("i32.add", b.op("i32.add", frame, b.const32(MEMORY)), old);
  b.op("memory.fill", start, b.const32(0), b.op("i32.sub", size, old));
  b.op("i32.store", frame, size, HEADER.MSIZE);
  b.ret();
  return b.build();
}

/** 3w + w² / 512 (Yellow Paper, appendix H: C_mem). */
function memoryCost(b: FunctionBuilder, words: number): number {
  const w = b.op("i64.extend_u", words);
  const linear = b.op("i64.mul", w, b.const64Parts(3, 0));
  const square = b.op("i64.shr_u", b.op("i64.mul", w, w), b.const64Parts(9, 0));
  return b.op("i64.add", linear, square);
}

/** memory.touch(offset, length): expands memory to hold the range; an empty range touches nothing. */
function touch(): IrFunction {
  const b = new FunctionBuilder("memory.touch", [I32, I32], [], new WordPool());
  const [offset, length] = b.blockParams(0) as [number, number];
  const some = b.block();
  const beyond = b.block();
  const done = b.block();
  b.begin(0);
  b.brIf(length, some, [], done, []);
  b.begin(some);
  const end = b.op("i32.add", offset, length);
  const size = b.op("i32.load", b.op("frame"), HEADER.MSIZE);
  b.brIf(b.op("i32.gt_u", end, size), beyond, [], done, []);
  b.begin(beyond);
  b.call(ROUTINE.EXPAND, [], [end]);
  b.br(done);
  b.begin(done);
  b.ret();
  return b.build();
}

/** calldata.load(offset): 32 bytes of input, zero beyond its end. */
function calldataload(): IrFunction {
  const b = new FunctionBuilder("calldata.load", [I32], [I256], new WordPool());
  const [offset] = b.blockParams(0) as [number];
  const inside = b.block();
  const whole = b.block();
  const part = b.block();
  const none = b.block();
  b.begin(0);
  const frame = b.op("frame");
  const size = b.op("i32.load", frame, HEADER.CALLDATA_SIZE);
  b.brIf(b.op("i32.lt_u", offset, size), inside, [], none, []);
  b.begin(inside);
  const rest = b.op("i32.sub", size, offset);
  const address = b.op("i32.add", b.op("i32.load", frame, HEADER.CALLDATA), offset);
  // What lies behind the input is always addressable: frames follow it.
  const word = b.emit(OP["i256.load_be"], address, 0);
  b.brIf(b.op("i32.ge_u", rest, b.const32(32)), whole, [], part, []);
  b.begin(whole);
  b.ret([word]);
  b.begin(part);
  const bits = b.op("i32.shl", b.op("i32.sub", b.const32(32), rest), b.const32(3));
  const amount = b.op("i256.from_i32", bits);
  b.ret([b.op("i256.shl", amount, b.op("i256.shr", amount, word))]);
  b.begin(none);
  b.ret([b.op("i256.from_i32", b.const32(0))]);
  return b.build();
}

/** Charges 3 per word of `length` bytes. */
function emitCopyCost(b: FunctionBuilder, length: number): void {
  const words = b.op("i32.shr_u", b.op("i32.add", length, b.const32(31)), b.const32(5));
  b.op("meter.dynamic", b.op("i64.mul", b.op("i64.extend_u", words), b.const64Parts(3, 0)));
}

/** copy.cost(length): the charge of a copy, for copies that the host makes. */
function copyCost(): IrFunction {
  const b = new FunctionBuilder("copy.cost", [I32], [], new WordPool());
  const [length] = b.blockParams(0) as [number];
  b.begin(0);
  emitCopyCost(b, length);
  b.ret();
  return b.build();
}

/** calldata.copy(destination, source, length): pays, expands, copies input and fills with zero. */
function calldatacopy(): IrFunction {
  const b = new FunctionBuilder("calldata.copy", [I32, I32, I32], [], new WordPool());
  const [destination, source, length] = b.blockParams(0) as [number, number, number];
  const some = b.block();
  const done = b.block();
  b.begin(0);
  emitCopyCost(b, length);
  b.brIf(length, some, [], done, []);
  b.begin(some);
  b.call(ROUTINE.TOUCH, [], [destination, length]);
  const frame = b.op("frame");
  const size = b.op("i32.load", frame, HEADER.CALLDATA_SIZE);
  const from = b.op("i32.select", b.op("i32.lt_u", source, size), source, size);
  const rest = b.op("i32.sub", size, from);
  const count = b.op("i32.select", b.op("i32.lt_u", length, rest), length, rest);
  const to = b.op("i32.add", b.op("i32.add", frame, b.const32(MEMORY)), destination);
  b.op("memory.copy", to, b.op("i32.add", b.op("i32.load", frame, HEADER.CALLDATA), from), count);
  b.op("memory.fill", b.op("i32.add", to, count), b.const32(0), b.op("i32.sub", length, count));
  b.br(done);
  b.begin(done);
  b.ret();
  return b.build();
}

/** memory.move(destination, source, length): MCOPY (EIP-5656). */
function mcopy(): IrFunction {
  const b = new FunctionBuilder("memory.move", [I32, I32, I32], [], new WordPool());
  const [destination, source, length] = b.blockParams(0) as [number, number, number];
  b.begin(0);
  emitCopyCost(b, length);
  const far = b.op("i32.select", b.op("i32.gt_u", destination, source), destination, source);
  b.call(ROUTINE.TOUCH, [], [far, length]);
  const some = b.block();
  const done = b.block();
  b.brIf(length, some, [], done, []);
  b.begin(some);
  const base = b.op("i32.add", b.op("frame"), b.const32(MEMORY));
  b.op("memory.copy", b.op("i32.add", base, destination), b.op("i32.add", base, source), length);
  b.br(done);
  b.begin(done);
  b.ret();
  return b.build();
}
