import { I64, I256, OP } from "@dragoman/core";
import type { PrimitiveTag } from "../format/index.ts";
import { isInMemory, type MoveType } from "../layout/move-type.ts";
import { emitLoad, emitScalarEqual } from "./emit-memory.ts";
import type { FunctionLift } from "./function-lift.ts";
import {
  emitBiased,
  emitNegate,
  emitSignedAdd,
  emitSignedCast,
  emitSignedDivide,
  emitSignedMultiply,
  emitSignedRemainder,
  emitSignedSubtract,
} from "./lower-signed.ts";
import type { Operand } from "./operand.ts";
import { MOVE_TRAP } from "./outcome.ts";
import { emitClosureEqual, emitEqualAt } from "./routines.ts";

/** An operation on the narrow carrier and its counterpart on words. */
type Pair = readonly [narrow: number, wide: number];

const isNarrow = (type: MoveType): boolean => type.bits <= 64;

/** Arithmetic that traps ARITHMETIC_ERROR where the result does not fit the type. */
function checked([narrow, wide]: Pair, signed: typeof emitSignedAdd) {
  return (f: FunctionLift) => {
    const right = f.pop();
    const left = f.pop();
    if (left.type.signed) {
      return f.push(left.type, signed(f.b, left.type, left.value, right.value));
    }
    const op = isNarrow(left.type) ? narrow : wide;
    const { bits } = left.type;
    f.push(left.type, f.b.emit(op, left.value, right.value, bits, MOVE_TRAP.ARITHMETIC));
  };
}

function bitwise([narrow, wide]: Pair) {
  return (f: FunctionLift) => {
    const right = f.pop();
    const left = f.pop();
    f.push(left.type, f.b.emit(isNarrow(left.type) ? narrow : wide, left.value, right.value));
  };
}

function boolean(op: number) {
  return (f: FunctionLift) => {
    const right = f.pop();
    const left = f.pop();
    f.push(left.type, f.b.emit(op, left.value, right.value));
  };
}

/** `swap`: the words have no such comparison, so the other way round is negated. */
function compare(narrow: number, wide: number, negate: boolean) {
  return (f: FunctionLift) => {
    const right = f.pop();
    const left = f.pop();
    const op = isNarrow(left.type) ? narrow : wide;
    const biased = (value: number) =>
      left.type.signed ? emitBiased(f.b, left.type, value) : value;
    let result = f.b.emit(op, biased(left.value), biased(right.value));
    if (negate && !isNarrow(left.type)) result = f.b.emit(OP["i32.eqz"], result);
    f.push(f.program.pool.primitive("bool"), result);
  };
}

/** Shifts by a u8; an amount of the width or more is an ARITHMETIC_ERROR. */
function shift([narrow, wide]: Pair, left: boolean) {
  return (f: FunctionLift) => {
    const amount = f.popScalar();
    const { type, value } = f.pop();
    const { b } = f;
    const { bits } = type;
    if (bits < 256) {
      const over = b.emit(OP["i64.ge_u"], amount, b.const64Parts(bits, 0));
      f.trapIf(over, MOVE_TRAP.ARITHMETIC);
    }
    if (isNarrow(type)) {
      const shifted = b.emit(narrow, value, amount);
      return f.push(type, left && bits < 64 ? maskNarrow(f, shifted, bits) : shifted);
    }
    const shifted = b.emit(wide, b.emit(OP["i256.from_i64"], amount), value);
    const mask = left && bits < 256;
    const cut = mask ? b.emit(OP["i256.and"], shifted, b.const256((1n << 128n) - 1n)) : shifted;
    f.push(type, cut);
  };
}

function maskNarrow(f: FunctionLift, value: number, bits: number): number {
  return f.b.emit(OP["i64.and"], value, f.b.const64((1n << BigInt(bits)) - 1n));
}

function cast(tag: PrimitiveTag) {
  return (f: FunctionLift) => {
    const { type: from, value } = f.pop();
    const to = f.program.pool.primitive(tag);
    f.push(to, castValue(f, from, to, value));
  };
}

function castValue(f: FunctionLift, from: MoveType, to: MoveType, value: number): number {
  const { b } = f;
  if (from.signed || to.signed) return emitSignedCast(b, from, to, value);
  if (from.carrier === I64) {
    if (to.carrier === I256) return b.emit(OP["i256.from_i64"], value);
    if (to.bits >= from.bits) return value;
    return b.emit(OP["i64.narrow"], value, to.bits, MOVE_TRAP.ARITHMETIC);
  }
  if (to.bits >= from.bits) return value;
  const narrowed = b.emit(OP["i256.narrow"], value, to.bits, MOVE_TRAP.ARITHMETIC);
  return to.carrier === I64 ? b.emit(OP["i256.limb"], narrowed, 0) : narrowed;
}

/** Eq by value: references are followed. */
function emitEqual(f: FunctionLift): number {
  const right = f.pop();
  const left = f.pop();
  const { b } = f;
  const type = left.type.kind === "reference" ? (left.type.element as MoveType) : left.type;
  let result: number;
  if (isInMemory(type)) {
    const { value: x, offset: xOffset } = left;
    result = emitEqualAt(f.program, b, type, x, xOffset, right.value, right.offset);
  } else if (type.shape !== undefined) {
    f.settle();
    result = emitClosureEqual(f.program, b, type, scalarOf(f, left), scalarOf(f, right));
  } else {
    result = emitScalarEqual(b, type, scalarOf(f, left), scalarOf(f, right));
  }
  f.done(left);
  f.done(right);
  return result;
}

function scalarOf(f: FunctionLift, { type, value, offset }: Operand): number {
  return type.kind === "reference" ? emitLoad(f.b, type.element as MoveType, value, offset) : value;
}

function equal(f: FunctionLift): void {
  const result = emitEqual(f);
  f.push(f.program.pool.primitive("bool"), result);
}

function notEqual(f: FunctionLift): void {
  const result = f.b.emit(OP["i32.eqz"], emitEqual(f));
  f.push(f.program.pool.primitive("bool"), result);
}

function negate(f: FunctionLift): void {
  const { type, value } = f.pop();
  f.push(type, emitNegate(f.b, type, value));
}

function not(f: FunctionLift): void {
  const { type, value } = f.pop();
  f.push(type, f.b.emit(OP["i32.eqz"], value));
}

export const ARITHMETIC = {
  Add: checked([OP["i64.addc"], OP["i256.addc"]], emitSignedAdd),
  Sub: checked([OP["i64.subc"], OP["i256.subc"]], emitSignedSubtract),
  Mul: checked([OP["i64.mulc"], OP["i256.mulc"]], emitSignedMultiply),
  Div: checked([OP["i64.divc"], OP["i256.divc"]], emitSignedDivide),
  Mod: checked([OP["i64.remc"], OP["i256.remc"]], emitSignedRemainder),
  BitOr: bitwise([OP["i64.or"], OP["i256.or"]]),
  BitAnd: bitwise([OP["i64.and"], OP["i256.and"]]),
  Xor: bitwise([OP["i64.xor"], OP["i256.xor"]]),
  Or: boolean(OP["i32.or"]),
  And: boolean(OP["i32.and"]),
  Not: not,
  Lt: compare(OP["i64.lt_u"], OP["i256.lt_u"], false),
  Gt: compare(OP["i64.gt_u"], OP["i256.gt_u"], false),
  Le: compare(OP["i64.le_u"], OP["i256.gt_u"], true),
  Ge: compare(OP["i64.ge_u"], OP["i256.lt_u"], true),
  Eq: equal,
  Neq: notEqual,
  Shl: shift([OP["i64.shl"], OP["i256.shl"]], true),
  Shr: shift([OP["i64.shr_u"], OP["i256.shr"]], false),
  CastU8: cast("u8"),
  CastU16: cast("u16"),
  CastU32: cast("u32"),
  CastU64: cast("u64"),
  CastU128: cast("u128"),
  CastU256: cast("u256"),
  CastI8: cast("i8"),
  CastI16: cast("i16"),
  CastI32: cast("i32"),
  CastI64: cast("i64"),
  CastI128: cast("i128"),
  CastI256: cast("i256"),
  Negate: negate,
};
