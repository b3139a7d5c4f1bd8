import { OP } from "@dragoman/core";
import { ENUM_TAG, type LaidField, type MoveType } from "../layout/move-type.ts";
import type { FunctionLift } from "./function-lift.ts";
import { instantiate, packFields, structType, unpackFields } from "./lower-struct.ts";
import { MOVE_TRAP } from "./outcome.ts";

/** An enum and one of its variants. */
interface Chosen {
  readonly type: MoveType;
  readonly variant: number;
}

function chosen(f: FunctionLift, at: number): Chosen {
  const { owner, variant } = f.compiled.structVariantHandles[at];
  return { type: structType(f, owner), variant };
}

function chosenGeneric(f: FunctionLift, at: number): Chosen {
  const { of, typeArguments } = f.compiled.structVariantInstantiations[at];
  const { owner, variant } = f.compiled.structVariantHandles[of];
  return { type: instantiate(f, owner, typeArguments), variant };
}

function pack(f: FunctionLift, { type, variant }: Chosen): void {
  packFields(f, type.variants[variant].fields, type, (base, offset) => {
    f.b.emit(OP["i32.store"], base, f.b.const32(variant), offset + ENUM_TAG);
  });
}

/** 1 if the enum at `base + offset` is `variant`. */
function isVariant(f: FunctionLift, base: number, offset: number, variant: number): number {
  const tag = f.b.emit(OP["i32.load"], base, offset + ENUM_TAG);
  return f.b.emit(OP["i32.eq"], tag, f.b.const32(variant));
}

function unpack(f: FunctionLift, { type, variant }: Chosen): void {
  const { value, offset } = f.peek();
  const same = isVariant(f, value, offset, variant);
  f.trapIf(f.b.emit(OP["i32.eqz"], same), mismatch(f));
  unpackFields(f, type.variants[variant].fields);
}

/** The families have a status each for a variant that is not the expected one. */
function mismatch(f: FunctionLift): number {
  return f.compiled.flavour === "sui" ? MOVE_TRAP.VARIANT_TAG : MOVE_TRAP.VARIANT_MISMATCH;
}

/** A reference to a variant becomes references to its fields. */
function unpackReference(f: FunctionLift, { type, variant }: Chosen): void {
  const { value, offset } = f.pop();
  const same = isVariant(f, value, offset, variant);
  f.trapIf(f.b.emit(OP["i32.eqz"], same), mismatch(f));
  for (const field of type.variants[variant].fields) {
    f.push(f.program.pool.reference(field.type), value, offset + field.offset);
  }
}

function test(f: FunctionLift, { variant }: Chosen): void {
  const { value, offset } = f.pop();
  f.push(f.program.pool.primitive("bool"), isVariant(f, value, offset, variant));
}

/** A reference to a field that several variants have, perhaps at different offsets. */
function borrowField(f: FunctionLift, handle: number, type: MoveType): void {
  const { variants, field } = f.compiled.variantFieldHandles[handle];
  const { b } = f;
  const { value, offset } = f.pop();
  const candidates: LaidField[] = variants.map((variant) => type.variants[variant].fields[field]);
  const is = variants.map((variant) => isVariant(f, value, offset, variant));
  const any = is.reduce((x, y) => b.emit(OP["i32.or"], x, y));
  f.trapIf(b.emit(OP["i32.eqz"], any), MOVE_TRAP.VARIANT_MISMATCH);
  const [first, ...others] = candidates;
  const reference = f.program.pool.reference(first.type);
  if (others.every((other) => other.offset === first.offset)) {
    return f.push(reference, value, offset + first.offset);
  }
  const distance = others.reduce(
    (chosenOffset, other, index) =>
      b.emit(OP["i32.select"], is[index + 1], b.const32(other.offset), chosenOffset),
    b.const32(first.offset),
  );
  f.push(reference, b.emit(OP["i32.add"], value, distance), offset);
}

function borrow(f: FunctionLift, at: number): void {
  borrowField(f, at, structType(f, f.compiled.variantFieldHandles[at].owner));
}

function borrowGeneric(f: FunctionLift, at: number): void {
  const { of, typeArguments } = f.compiled.variantFieldInstantiations[at];
  borrowField(f, of, instantiate(f, f.compiled.variantFieldHandles[of].owner, typeArguments));
}

export const ENUMS = {
  PackVariant: (f: FunctionLift, at: number) => pack(f, chosen(f, at)),
  PackVariantGeneric: (f: FunctionLift, at: number) => pack(f, chosenGeneric(f, at)),
  UnpackVariant: (f: FunctionLift, at: number) => unpack(f, chosen(f, at)),
  UnpackVariantGeneric: (f: FunctionLift, at: number) => unpack(f, chosenGeneric(f, at)),
  UnpackVariantImmRef: (f: FunctionLift, at: number) => unpackReference(f, chosen(f, at)),
  UnpackVariantMutRef: (f: FunctionLift, at: number) => unpackReference(f, chosen(f, at)),
  UnpackVariantImmRefGeneric: (f: FunctionLift, at: number) =>
    unpackReference(f, chosenGeneric(f, at)),
  UnpackVariantMutRefGeneric: (f: FunctionLift, at: number) =>
    unpackReference(f, chosenGeneric(f, at)),
  TestVariant: (f: FunctionLift, at: number) => test(f, chosen(f, at)),
  TestVariantGeneric: (f: FunctionLift, at: number) => test(f, chosenGeneric(f, at)),
  MutBorrowVariantField: borrow,
  ImmBorrowVariantField: borrow,
  MutBorrowVariantFieldGeneric: borrowGeneric,
  ImmBorrowVariantFieldGeneric: borrowGeneric,
};
