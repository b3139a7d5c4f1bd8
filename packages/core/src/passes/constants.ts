import { OP, opWord } from "../ir/ops.ts";
import { I32, I64 } from "../ir/value-type.ts";
import type { Rewriter } from "./rewriter.ts";

/** Index of each word in the pools that passes have added to. */
const indices = new WeakMap<readonly bigint[], Map<bigint, number>>();

/** Index of `word` in a module's pool, at whose end it is put if it is new. Other indices stay what they are. */
export function wordIndex(words: readonly bigint[], word: bigint): number {
  let known = indices.get(words);
  if (known === undefined) {
    known = new Map(words.map((entry, index) => [entry, index]));
    indices.set(words, known);
  }
  let index = known.get(word);
  if (index === undefined) {
    index = (words as bigint[]).push(word) - 1;
    known.set(word, index);
  }
  return index;
}

/** Operation that defines `value` in what has been written; `nop` for a parameter or the result of a call. */
export function definition(r: Rewriter, value: number): number {
  const at = r.defAt[value];
  return at < 0 ? OP.nop : r.code[at] & 0xff;
}

/** Argument `i` of the operation that defines `value`. */
export function argumentOf(r: Rewriter, value: number, i: number): number {
  return r.code[r.defAt[value] + 3 + i];
}

/** The constant that `value` is: a signed number for i32, an unsigned bigint else; undefined = it is none. */
export function constant(r: Rewriter, value: number): number | bigint | undefined {
  const at = r.defAt[value];
  if (at < 0) return undefined;
  const { code } = r;
  switch (code[at] & 0xff) {
    case OP["i32.const"]:
      return code[at + 3];
    case OP["i64.const"]:
      return (BigInt(code[at + 4] >>> 0) << 32n) | BigInt(code[at + 3] >>> 0);
    case OP["i256.const"]:
      return r.module.words[code[at + 3]];
    default:
      return undefined;
  }
}

/** True if `value` is the small constant `number` >= 0, of any type. Makes no bigint. */
export function isConstant(r: Rewriter, value: number, number: number): boolean {
  const at = r.defAt[value];
  if (at < 0) return false;
  const { code } = r;
  switch (code[at] & 0xff) {
    case OP["i32.const"]:
      return code[at + 3] === number;
    case OP["i64.const"]:
      return code[at + 4] === 0 && code[at + 3] === number;
    case OP["i256.const"]: {
      const word = r.module.words[code[at + 3]];
      return number === 0 ? word === 0n : word === BigInt(number);
    }
    default:
      return false;
  }
}

/** True if `value` is a constant all of whose bits are set. */
export function isAllOnes(r: Rewriter, value: number): boolean {
  const at = r.defAt[value];
  if (at < 0) return false;
  const { code } = r;
  switch (code[at] & 0xff) {
    case OP["i32.const"]:
      return code[at + 3] === -1;
    case OP["i64.const"]:
      return code[at + 3] === -1 && code[at + 4] === -1;
    case OP["i256.const"]:
      return r.module.words[code[at + 3]] === (1n << 256n) - 1n;
    default:
      return false;
  }
}

// What a rule answers after it has changed the last instruction, which is at `at`.

/** Nothing was changed. */
export const KEPT = 0;
/** The instruction is another one now. */
export const CHANGED = 1;
/** The instruction is gone. */
export const DROPPED = 2;

/** The result is `value`: the instruction is dropped. */
export function toValue(r: Rewriter, at: number, value: number): number {
  r.replacement[r.code[at + 2]] = value;
  r.length = at;
  return DROPPED;
}

/** The result is a constant; `value` as {@link constant} gives it, of any size: it is wrapped to the type. */
export function toConstant(r: Rewriter, at: number, value: number | bigint): number {
  r.reserve(8);
  const { code } = r;
  const type = r.valueTypes[code[at + 2]];
  if (type === I32) {
    code[at] = opWord(OP["i32.const"], 4);
    code[at + 3] = Number(value) | 0;
    r.length = at + 4;
  } else if (type === I64) {
    const wide = BigInt(value);
    code[at] = opWord(OP["i64.const"], 5);
    code[at + 3] = Number(BigInt.asIntN(32, wide));
    code[at + 4] = Number(BigInt.asIntN(32, wide >> 32n));
    r.length = at + 5;
  } else {
    code[at] = opWord(OP["i256.const"], 4);
    code[at + 3] = wordIndex(r.module.words, BigInt.asUintN(256, BigInt(value)));
    r.length = at + 4;
  }
  return CHANGED;
}

/** The result is that of operation `op` on `a`. */
export function toUnary(r: Rewriter, at: number, op: number, a: number): number {
  r.code[at] = opWord(op, 4);
  r.code[at + 3] = a;
  r.length = at + 4;
  return CHANGED;
}

/** The result is that of operation `op` on `a` and `b`. */
export function toBinary(r: Rewriter, at: number, op: number, a: number, b: number): number {
  r.reserve(8);
  r.code[at] = opWord(op, 5);
  r.code[at + 3] = a;
  r.code[at + 4] = b;
  r.length = at + 5;
  return CHANGED;
}
