import type { LaidField, MoveType } from "../layout/move-type.ts";
import { checkValueDepth } from "../layout/type-pool.ts";
import type { FunctionLift } from "./function-lift.ts";

/** The type that a struct definition of this module names, with the arguments of an instantiation. */
export function structType(f: FunctionLift, definition: number): MoveType {
  return f.program.pool.struct(f.module.structs[definition], []);
}

export function structInstanceType(f: FunctionLift, instantiation: number): MoveType {
  const { of, typeArguments } = f.compiled.structInstantiations[instantiation];
  return instantiate(f, of, typeArguments);
}

/** The struct definition `of` with the type arguments of signature `signature`. */
export function instantiate(f: FunctionLift, of: number, signature: number): MoveType {
  const typeArguments = f.compiled.signatures[signature].map((token) => f.type(token));
  return f.program.pool.struct(f.module.structs[of], typeArguments);
}

/** Puts operands into the fields of a value that is being made at `base + offset`. */
export function packFields(
  f: FunctionLift,
  fields: readonly LaidField[],
  type: MoveType,
  writeHead?: (base: number, offset: number) => void,
): void {
  checkValueDepth(type);
  const operands = f.popMany(fields.length);
  const target = f.destination(type, operands, false);
  writeHead?.(target.base, target.offset);
  fields.forEach((field, index) => {
    f.moveTo(target.base, target.offset + field.offset, operands[index]);
  });
  for (const operand of operands) f.done(operand);
  f.push(type, target.base, target.offset, target.root);
}

/** Takes a value apart: scalars are loaded, what is in memory stays where it is. */
export function unpackFields(f: FunctionLift, fields: readonly LaidField[]): void {
  const { value, offset, root } = f.pop();
  const before = f.stack.length;
  for (const field of fields) f.pushAt(field.type, value, offset + field.offset, root);
  const parts = f.stack.slice(before).filter((operand) => operand.root === root).length;
  f.temporaries.retain(root, parts - 1);
}

function borrowField(f: FunctionLift, handle: number, owner: MoveType): void {
  const field = owner.fields[f.compiled.fieldHandles[handle].field];
  const { value, offset } = f.pop();
  f.push(f.program.pool.reference(field.type), value, offset + field.offset);
}

function borrow(f: FunctionLift, handle: number): void {
  borrowField(f, handle, structType(f, f.compiled.fieldHandles[handle].owner));
}

function borrowGeneric(f: FunctionLift, at: number): void {
  const { of, typeArguments } = f.compiled.fieldInstantiations[at];
  borrowField(f, of, instantiate(f, f.compiled.fieldHandles[of].owner, typeArguments));
}

function pack(f: FunctionLift, type: MoveType): void {
  packFields(f, type.fields, type);
}

export const STRUCTS = {
  Pack: (f: FunctionLift, at: number) => pack(f, structType(f, at)),
  PackGeneric: (f: FunctionLift, at: number) => pack(f, structInstanceType(f, at)),
  Unpack: (f: FunctionLift, at: number) => unpackFields(f, structType(f, at).fields),
  UnpackGeneric: (f: FunctionLift, at: number) => unpackFields(f, structInstanceType(f, at).fields),
  MutBorrowField: borrow,
  ImmBorrowField: borrow,
  MutBorrowFieldGeneric: borrowGeneric,
  ImmBorrowFieldGeneric: borrowGeneric,
};
