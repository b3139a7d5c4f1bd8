import { FRAME, OP, OUTCOME } from "@dragoman/core";
import { MEMORY } from "../frame-header.ts";
import type { Emitter } from "./emitter.ts";
import { HOST_INDEX } from "./host-index.ts";
import { ROUTINE } from "./routines.ts";

/** A constant offset that fits the immediate of a load or store together with {@link MEMORY}. */
function constantOffset(e: Emitter, entry: number): number {
  if (entry >= 0) return -1;
  const offset = e.clamped(entry);
  return offset < 1 << 30 ? offset : -1;
}

/** Touches `size` bytes at the offset; returns what the address of a load or store is and its immediate. */
function place(e: Emitter, entry: number, size: number): { base: number; immediate: number } {
  const constant = constantOffset(e, entry);
  const offset = e.index(entry);
  e.touch(offset, -1, size, entry);
  if (constant >= 0) return { base: e.b.emit(OP.frame), immediate: MEMORY + constant };
  return { base: e.guest(offset), immediate: MEMORY };
}

/** Where Solidity keeps the end of its allocated memory: a number that memory can reach, and so below 2^31. */
const FREE_MEMORY_POINTER = 0x40;

export function lowerMload(e: Emitter): void {
  const entry = e.pop();
  const { base, immediate } = place(e, entry, 32);
  const word = e.b.emit(OP["i256.load_be"], base, immediate);
  if (e.speculates && constantOffset(e, entry) === FREE_MEMORY_POINTER) {
    // The guess makes one-limb numbers of all pointers that come from it; where it fails, the frame is run exactly.
    const narrow = e.b.emit(OP["i256.narrow"], word, 31, OUTCOME.WRONG_GUESS);
    e.push(e.b.emit(OP["i32.wrap_i256"], narrow));
  } else e.push(word);
}

export function lowerMstore(e: Emitter): void {
  const offset = e.pop();
  const entry = e.pop();
  const { base, immediate } = place(e, offset, 32);
  e.b.emit(OP["i256.store_be"], base, e.word(entry), immediate);
}

export function lowerMstore8(e: Emitter): void {
  const offset = e.pop();
  const entry = e.pop();
  const { base, immediate } = place(e, offset, 1);
  const low = e.isNarrow(entry) ? entry : e.b.emit(OP["i32.wrap_i256"], e.word(entry));
  e.b.emit(OP["i32.store8"], base, low, immediate);
}

export function lowerKeccak(e: Emitter): void {
  const { offset, length } = e.popRange();
  e.chargeWords(length, 6);
  e.push(e.b.emit(OP.keccak256, e.address(offset), length));
}

/** EXP: each byte of the exponent costs (EIP-160). */
export function lowerExp(e: Emitter): void {
  const { b } = e;
  const base = e.pop();
  const exponent = e.pop();
  const perByte = e.input.schedule.rules.expByte;
  if (exponent < 0) {
    const bytes = Math.ceil(e.constant(exponent).toString(2).replace(/^0$/, "").length / 8);
    b.op("meter.dynamic", b.const64Parts(bytes * perByte, 0));
  } else {
    const bits = b.op(
      "i32.sub",
      b.const32(263),
      b.op("i32.wrap_i256", b.op("i256.clz", e.word(exponent))),
    );
    const bytes = b.op("i64.extend_u", b.op("i32.shr_u", bits, b.const32(3)));
    b.op("meter.dynamic", b.op("i64.mul", bytes, b.const64Parts(perByte, 0)));
  }
  e.push(b.emit(OP["i256.exp"], e.word(base), e.word(exponent)));
}

function copyOperands(e: Emitter): [number, number, number] {
  return [e.index(e.pop()), e.index(e.pop()), e.index(e.pop())];
}

/** The copy instructions: destination, source, length. */
export const lowerCopy = {
  calldata(e: Emitter): void {
    e.b.call(ROUTINE.CALLDATACOPY, [], copyOperands(e));
  },
  memory(e: Emitter): void {
    e.b.call(ROUTINE.MCOPY, [], copyOperands(e));
  },
  code(e: Emitter): void {
    hostCopy(e, HOST_INDEX.codecopy, []);
  },
  returndata(e: Emitter): void {
    hostCopy(e, HOST_INDEX.returndatacopy, []);
  },
  extcode(e: Emitter): void {
    hostCopy(e, HOST_INDEX.extcodecopy, [e.word(e.pop())]);
  },
} as const;

function hostCopy(e: Emitter, host: number, prefix: readonly number[]): void {
  const destinationEntry = e.pop();
  const source = e.index(e.pop());
  const lengthEntry = e.pop();
  const length = e.index(lengthEntry);
  e.b.call(ROUTINE.COPYCOST, [], [length]);
  const { offset } = e.range(destinationEntry, lengthEntry);
  e.b.host(host, [], [...prefix, offset, source, length]);
}

/** RETURN and REVERT: the frame ends with a range of memory as its output. */
export function lowerEnd(outcome: (typeof OUTCOME)["OK" | "REVERT"]): (e: Emitter) => void {
  return (e) => {
    const { b } = e;
    const { offset, length } = e.popRange();
    const frame = b.op("frame");
    b.op("i32.store", frame, e.address(offset), FRAME.OUTPUT_ADDRESS);
    b.op("i32.store", frame, length, FRAME.OUTPUT_LENGTH);
    b.op("exit", outcome);
  };
}
