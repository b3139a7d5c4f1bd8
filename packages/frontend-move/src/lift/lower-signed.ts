import { type FunctionBuilder, I64, I256, OP } from "@dragoman/core";
import type { MoveType } from "../layout/move-type.ts";
import { MOVE_TRAP } from "./outcome.ts";

/**
 * Arithmetic of signed integers. A value of `bits` bits is carried as its two's complement, zeros above: so it is loaded, stored
 * and compared for equality as an unsigned one. Results are made in a wider register and must then lie in the range.
 */

const isNarrow = ({ bits }: MoveType): boolean => bits <= 64;
const power = (exponent: number): bigint => 1n << BigInt(exponent);

function trapIf(b: FunctionBuilder, condition: number): void {
  b.emit(OP["trap.if"], condition, MOVE_TRAP.ARITHMETIC);
}

/** The value with its sign in all bits of the register. */
export function emitExtended(
  b: FunctionBuilder,
  { bits, carrier }: MoveType,
  value: number,
): number {
  if (carrier === I64) {
    if (bits === 64) return value;
    const unused = b.const64Parts(64 - bits, 0);
    return b.emit(OP["i64.shr_s"], b.emit(OP["i64.shl"], value, unused), unused);
  }
  if (bits === 256) return value;
  return b.emit(OP["i256.signextend"], b.const256(BigInt(bits / 8 - 1)), value);
}

/** Traps unless a register value is in the range of the type; gives its two's complement of `bits` bits. */
function emitRanged(b: FunctionBuilder, { bits, carrier }: MoveType, value: number): number {
  const half = power(bits - 1);
  const mask = power(bits) - 1n;
  if (carrier === I64) {
    const shifted = b.emit(OP["i64.add"], value, b.const64(half));
    trapIf(b, b.emit(OP["i64.gt_u"], shifted, b.const64(mask)));
    return b.emit(OP["i64.and"], value, b.const64(mask));
  }
  const shifted = b.emit(OP["i256.add"], value, b.const256(half));
  trapIf(b, b.emit(OP["i32.eqz"], b.emit(OP["i256.fits"], shifted, bits)));
  return b.emit(OP["i256.and"], value, b.const256(mask));
}

/** 1 if a value is the least of its type. */
function emitIsMin(b: FunctionBuilder, { bits, carrier }: MoveType, value: number): number {
  const min = power(bits - 1);
  return carrier === I64
    ? b.emit(OP["i64.eq"], value, b.const64(min))
    : b.emit(OP["i256.eq"], value, b.const256(min));
}

function emitIsMinusOne(b: FunctionBuilder, { bits, carrier }: MoveType, value: number): number {
  const ones = power(bits) - 1n;
  return carrier === I64
    ? b.emit(OP["i64.eq"], value, b.const64(ones))
    : b.emit(OP["i256.eq"], value, b.const256(ones));
}

/** 1 if the sign bit of a full register is set. */
function emitIsNegative(b: FunctionBuilder, { carrier }: MoveType, value: number): number {
  return carrier === I64
    ? b.emit(OP["i64.lt_s"], value, b.const64Parts(0, 0))
    : b.emit(OP["i256.lt_s"], value, b.const256(0n));
}

/** Whether the registers are exactly as wide as the type, so that a result wraps instead of growing. */
const isFull = ({ bits }: MoveType): boolean => bits === 64 || bits === 256;

type Emit = (b: FunctionBuilder, type: MoveType, left: number, right: number) => number;

const binary =
  (narrow: number, wide: number): Emit =>
  (b, type, left, right) =>
    b.emit(type.carrier === I64 ? narrow : wide, left, right);

const add = binary(OP["i64.add"], OP["i256.add"]);
const subtract = binary(OP["i64.sub"], OP["i256.sub"]);
const multiply = binary(OP["i64.mul"], OP["i256.mul"]);
const divide = binary(OP["i64.div_s"], OP["i256.sdiv"]);
const remainder = binary(OP["i64.rem_s"], OP["i256.smod"]);
const xor = binary(OP["i64.xor"], OP["i256.xor"]);
const and = binary(OP["i64.and"], OP["i256.and"]);

/** A sum overflows where both operands have the sign that it has not. */
export const emitSignedAdd: Emit = (b, type, left, right) => {
  if (!isFull(type)) return emitSmall(b, type, add, left, right);
  const sum = add(b, type, left, right);
  const changed = and(b, type, xor(b, type, left, sum), xor(b, type, right, sum));
  trapIf(b, emitIsNegative(b, type, changed));
  return sum;
};

export const emitSignedSubtract: Emit = (b, type, left, right) => {
  if (!isFull(type)) return emitSmall(b, type, subtract, left, right);
  const difference = subtract(b, type, left, right);
  const changed = and(b, type, xor(b, type, left, right), xor(b, type, left, difference));
  trapIf(b, emitIsNegative(b, type, changed));
  return difference;
};

export const emitSignedMultiply: Emit = (b, type, left, right) => {
  if (type.bits === 64) return emitMultiply64(b, left, right);
  if (type.bits < 256) return emitSmall(b, type, multiply, left, right);
  const product = multiply(b, type, left, right);
  const isZero = b.emit(OP["i256.eqz"], left);
  const quotient = divide(b, type, product, left);
  const differs = b.emit(OP["i32.eqz"], b.emit(OP["i256.eq"], quotient, right));
  trapIf(b, b.emit(OP["i32.and"], b.emit(OP["i32.eqz"], isZero), differs));
  // MIN divided by -1 is MIN here, so the quotient does not show this one.
  const wraps = b.emit(OP["i32.and"], emitIsMinusOne(b, type, left), emitIsMin(b, type, right));
  trapIf(b, wraps);
  return product;
};

function emitMultiply64(b: FunctionBuilder, left: number, right: number): number {
  const wide = b.emit(
    OP["i256.mul"],
    b.emit(OP["i256.from_i64_s"], left),
    b.emit(OP["i256.from_i64_s"], right),
  );
  const shifted = b.emit(OP["i256.add"], wide, b.const256(power(63)));
  trapIf(b, b.emit(OP["i32.eqz"], b.emit(OP["i256.fits"], shifted, 64)));
  return b.emit(OP["i256.limb"], wide, 0);
}

/** Division rounds to zero. Of a divisor 0 and of MIN by -1 neither quotient nor remainder is there. */
export const emitSignedDivide: Emit = (b, type, left, right) => {
  trapUndivided(b, type, left, right);
  return emitWithin(b, type, divide, left, right);
};

export const emitSignedRemainder: Emit = (b, type, left, right) => {
  trapUndivided(b, type, left, right);
  return emitWithin(b, type, remainder, left, right);
};

function trapUndivided(b: FunctionBuilder, type: MoveType, left: number, right: number): void {
  const isZero = b.emit(type.carrier === I64 ? OP["i64.eqz"] : OP["i256.eqz"], right);
  trapIf(b, isZero);
  trapIf(b, b.emit(OP["i32.and"], emitIsMin(b, type, left), emitIsMinusOne(b, type, right)));
}

/** Of a type narrower than its register: the result of the register is exact, its range is checked. */
function emitSmall(
  b: FunctionBuilder,
  type: MoveType,
  emit: Emit,
  left: number,
  right: number,
): number {
  const x = emitExtended(b, type, left);
  return emitRanged(b, type, emit(b, type, x, emitExtended(b, type, right)));
}

/** An operation whose result is in the range: only its bits above are cut. */
function emitWithin(
  b: FunctionBuilder,
  type: MoveType,
  emit: Emit,
  left: number,
  right: number,
): number {
  const x = emitExtended(b, type, left);
  return emitCut(b, type, emit(b, type, x, emitExtended(b, type, right)));
}

function emitCut(b: FunctionBuilder, type: MoveType, value: number): number {
  if (isFull(type)) return value;
  const mask = power(type.bits) - 1n;
  return and(b, type, value, type.carrier === I64 ? b.const64(mask) : b.const256(mask));
}

export function emitNegate(b: FunctionBuilder, type: MoveType, value: number): number {
  trapIf(b, emitIsMin(b, type, value));
  const zero = type.carrier === I64 ? b.const64Parts(0, 0) : b.const256(0n);
  return emitCut(b, type, subtract(b, type, zero, value));
}

/** The value with its sign bit turned over: these compare as unsigned as the values do as signed. */
export function emitBiased(b: FunctionBuilder, type: MoveType, value: number): number {
  const bias = power(type.bits - 1);
  return xor(b, type, value, type.carrier === I64 ? b.const64(bias) : b.const256(bias));
}

/** A cast from or to a signed type; traps where the value is not one of the target's. */
export function emitSignedCast(
  b: FunctionBuilder,
  from: MoveType,
  to: MoveType,
  value: number,
): number {
  if (from.signed && to.signed) return castSigned(b, from, to, value);
  // Only what neither type has a sign bit for is in both of them.
  const bits = Math.min(from.signed ? from.bits - 1 : from.bits, to.signed ? to.bits - 1 : to.bits);
  const op = isNarrow(from) ? OP["i64.narrow"] : OP["i256.narrow"];
  return emitCarried(b, from, to, b.emit(op, value, bits, MOVE_TRAP.ARITHMETIC));
}

function castSigned(b: FunctionBuilder, from: MoveType, to: MoveType, value: number): number {
  const extended = emitExtended(b, from, value);
  if (to.bits >= from.bits) {
    const carried =
      from.carrier === I64 && to.carrier === I256
        ? b.emit(OP["i256.from_i64_s"], extended)
        : extended;
    return emitCut(b, to, carried);
  }
  if (from.carrier === to.carrier) return emitRanged(b, to, extended);
  const shifted = b.emit(OP["i256.add"], extended, b.const256(power(to.bits - 1)));
  trapIf(b, b.emit(OP["i32.eqz"], b.emit(OP["i256.fits"], shifted, to.bits)));
  return emitCut(b, to, b.emit(OP["i256.limb"], extended, 0));
}

/** A number that is not negative in the register of another type. */
function emitCarried(b: FunctionBuilder, from: MoveType, to: MoveType, value: number): number {
  if (from.carrier === to.carrier) return value;
  return from.carrier === I64
    ? b.emit(OP["i256.from_i64"], value)
    : b.emit(OP["i256.limb"], value, 0);
}
