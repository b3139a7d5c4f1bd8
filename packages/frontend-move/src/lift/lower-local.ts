import type { PrimitiveTag } from "../format/index.ts";
import { isInMemory, type MoveType } from "../layout/move-type.ts";
import type { FunctionLift } from "./function-lift.ts";
import { loadConstant } from "./load-constant.ts";
import { ROOT_LOCAL } from "./operand.ts";
import { emitCopyValue } from "./routines.ts";

function literal(tag: PrimitiveTag) {
  return (f: FunctionLift, value: number) =>
    f.push(f.program.pool.primitive(tag), f.b.const64Parts(value, 0));
}

function wideLiteral(tag: PrimitiveTag) {
  return (f: FunctionLift, at: number) => {
    const value = f.code.wide[at];
    const constant = tag === "u64" || tag === "i64" ? f.b.const64(value) : f.b.const256(value);
    f.push(f.program.pool.primitive(tag), constant);
  };
}

function bool(value: number) {
  return (f: FunctionLift) => f.push(f.program.pool.primitive("bool"), f.b.const32(value));
}

function copyLocal(f: FunctionLift, index: number): void {
  const { type, base, offset } = f.local(index);
  if (!isInMemory(type)) return f.push(type, f.readLocal(index));
  const target = f.destination(type, [], false);
  // The local itself may be the destination: `x = copy x` leaves it as it is.
  if (target.root !== ROOT_LOCAL + index) {
    emitCopyValue(f.program, f.b, type, target.base, target.offset, base, offset);
  }
  f.push(type, target.base, target.offset, target.root);
}

function moveLocal(f: FunctionLift, index: number): void {
  const { type, base, offset } = f.local(index);
  if (isInMemory(type)) f.push(type, base, offset, ROOT_LOCAL + index);
  else f.push(type, f.readLocal(index));
}

function storeLocal(f: FunctionLift, index: number): void {
  const operand = f.pop();
  const { type, base, offset } = f.local(index);
  if (isInMemory(type)) {
    f.evict(index);
    f.moveTo(base, offset, operand);
  } else {
    f.storeLocal(index, f.carried(operand));
  }
  f.done(operand);
}

function borrowLocal(f: FunctionLift, index: number): void {
  const { type, base, offset } = f.local(index);
  f.push(f.program.pool.reference(type), base, offset);
}

function readReference(f: FunctionLift): void {
  const reference = f.pop();
  const type = reference.type.element as MoveType;
  if (!isInMemory(type)) return f.pushAt(type, reference.value, reference.offset, -1);
  const target = f.destination(type, [], false);
  const { value, offset } = reference;
  emitCopyValue(f.program, f.b, type, target.base, target.offset, value, offset);
  f.push(type, target.base, target.offset, target.root);
}

/** The reference is on top, the value below. */
function writeReference(f: FunctionLift): void {
  const reference = f.pop();
  const operand = f.pop();
  f.moveTo(reference.value, reference.offset, operand);
  f.done(operand);
}

export const LOCALS = {
  LdU8: literal("u8"),
  LdU16: literal("u16"),
  LdU32: literal("u32"),
  LdU64: wideLiteral("u64"),
  LdU128: wideLiteral("u128"),
  LdU256: wideLiteral("u256"),
  LdI8: literal("i8"),
  LdI16: literal("i16"),
  LdI32: literal("i32"),
  LdI64: wideLiteral("i64"),
  LdI128: wideLiteral("i128"),
  LdI256: wideLiteral("i256"),
  LdTrue: bool(1),
  LdFalse: bool(0),
  LdConst: loadConstant,
  CopyLoc: copyLocal,
  MoveLoc: moveLocal,
  StLoc: storeLocal,
  MutBorrowLoc: borrowLocal,
  ImmBorrowLoc: borrowLocal,
  ReadRef: readReference,
  WriteRef: writeReference,
  FreezeRef: () => {},
};
