import { I32, OP } from "@dragoman/core";
import { isInMemory, type MoveType, VECTOR } from "../layout/move-type.ts";
import { checkValueDepth } from "../layout/type-pool.ts";
import { emitCopyBytes, emitElementAddress, emitLoad, emitStore } from "./emit-memory.ts";
import type { FunctionLift } from "./function-lift.ts";
import { MOVE_TRAP } from "./outcome.ts";
import { allocateRoutine, emitElement, emitLength, growRoutine } from "./routines.ts";

/** The element type that a vector instruction names. */
function elementType(f: FunctionLift, signature: number): MoveType {
  return f.type(f.compiled.signatures[signature][0]);
}

function pushU64(f: FunctionLift, value: number): void {
  f.push(f.program.pool.primitive("u64"), value);
}

/** VecPack: `count` operands become the elements of a new vector. */
export function vectorPack(f: FunctionLift, element: MoveType, count: number): void {
  const { b } = f;
  const type = f.program.pool.vector(element);
  checkValueDepth(type);
  const operands = f.popMany(count);
  const target = f.destination(type, operands, false);
  let at = b.const32(0);
  if (count > 0) {
    [at] = b.call(allocateRoutine(f.program), [I32], [b.const32(count * element.size)]);
    operands.forEach((operand, index) => {
      f.moveTo(at, index * element.size, operand);
    });
  }
  const length = b.const32(count);
  b.emit(OP["i32.store"], target.base, at, target.offset + VECTOR.POINTER);
  b.emit(OP["i32.store"], target.base, length, target.offset + VECTOR.LENGTH);
  b.emit(OP["i32.store"], target.base, length, target.offset + VECTOR.CAPACITY);
  for (const operand of operands) f.done(operand);
  f.push(type, target.base, target.offset, target.root);
}

/** VecUnpack: the elements in order; traps if there are not `count`. */
export function vectorUnpack(f: FunctionLift, element: MoveType, count: number): void {
  const { b } = f;
  const vector = f.pop();
  const length = b.emit(OP["i32.load"], vector.value, vector.offset + VECTOR.LENGTH);
  f.trapIf(b.emit(OP["i32.ne"], length, b.const32(count)), MOVE_TRAP.VECTOR_UNPACK_ARITY);
  const at = b.emit(OP["i32.load"], vector.value, vector.offset + VECTOR.POINTER);
  f.done(vector);
  // The vector is gone, so its elements belong to nobody else.
  for (let index = 0; index < count; index++) f.pushAt(element, at, index * element.size, -1);
}

export function vectorLength(f: FunctionLift): void {
  const { value, offset } = f.pop();
  pushU64(f, emitLength(f.b, value, offset));
}

export function vectorBorrow(f: FunctionLift, element: MoveType): void {
  const index = f.popScalar();
  const { value, offset } = f.pop();
  const { b } = f;
  const length = emitLength(b, value, offset);
  f.trapIf(b.emit(OP["i64.ge_u"], index, length), MOVE_TRAP.VECTOR_INDEX);
  const address = emitElement(b, value, offset, index, element.size);
  f.push(f.program.pool.reference(element), address);
}

export function vectorPushBack(f: FunctionLift, element: MoveType): void {
  const operand = f.pop();
  const { value, offset } = f.pop();
  const { b } = f;
  const length = b.emit(OP["i32.load"], value, offset + VECTOR.LENGTH);
  const capacity = b.emit(OP["i32.load"], value, offset + VECTOR.CAPACITY);
  const grow = b.block();
  const go = b.block();
  b.brIf(b.emit(OP["i32.eq"], length, capacity), grow, [], go, []);
  b.begin(grow);
  const header = f.address({ type: element, value, offset, root: -1 });
  b.call(growRoutine(f.program, element.size), [], [header]);
  b.br(go);
  b.begin(go);
  const at = b.emit(OP["i32.load"], value, offset + VECTOR.POINTER);
  f.moveTo(emitElementAddress(b, at, length, element.size), 0, operand);
  const longer = b.emit(OP["i32.add"], length, b.const32(1));
  b.emit(OP["i32.store"], value, longer, offset + VECTOR.LENGTH);
  f.done(operand);
}

export function vectorPopBack(f: FunctionLift, element: MoveType): void {
  const { value, offset } = f.pop();
  const { b } = f;
  const length = b.emit(OP["i32.load"], value, offset + VECTOR.LENGTH);
  f.trapIf(b.emit(OP["i32.eqz"], length), MOVE_TRAP.VECTOR_POP_EMPTY);
  const shorter = b.emit(OP["i32.sub"], length, b.const32(1));
  const at = b.emit(OP["i32.load"], value, offset + VECTOR.POINTER);
  const address = emitElementAddress(b, at, shorter, element.size);
  b.emit(OP["i32.store"], value, shorter, offset + VECTOR.LENGTH);
  if (!isInMemory(element)) return f.push(element, emitLoad(b, element, address, 0));
  // The place of the element may be overwritten by the next push.
  const target = f.destination(element, [], false);
  emitCopyBytes(b, target.base, target.offset, address, 0, element.size);
  f.push(element, target.base, target.offset, target.root);
}

export function vectorSwap(f: FunctionLift, element: MoveType): void {
  const second = f.popScalar();
  const first = f.popScalar();
  const { value, offset } = f.pop();
  const { b } = f;
  const length = emitLength(b, value, offset);
  f.trapIf(b.emit(OP["i64.ge_u"], first, length), MOVE_TRAP.VECTOR_INDEX);
  f.trapIf(b.emit(OP["i64.ge_u"], second, length), MOVE_TRAP.VECTOR_INDEX);
  const x = emitElement(b, value, offset, first, element.size);
  const y = emitElement(b, value, offset, second, element.size);
  if (!isInMemory(element)) {
    const left = emitLoad(b, element, x, 0);
    emitStore(b, element, x, 0, emitLoad(b, element, y, 0));
    return emitStore(b, element, y, 0, left);
  }
  const spare = f.temporary(element);
  emitCopyBytes(b, spare.base, spare.offset, x, 0, element.size);
  emitCopyBytes(b, x, 0, y, 0, element.size);
  emitCopyBytes(b, y, 0, spare.base, spare.offset, element.size);
  f.temporaries.release(spare.root);
}

export const VECTORS = {
  VecPack: (f: FunctionLift, a: number, b: number) => vectorPack(f, elementType(f, a), b),
  VecUnpack: (f: FunctionLift, a: number, b: number) => vectorUnpack(f, elementType(f, a), b),
  VecLen: vectorLength,
  VecImmBorrow: (f: FunctionLift, a: number) => vectorBorrow(f, elementType(f, a)),
  VecMutBorrow: (f: FunctionLift, a: number) => vectorBorrow(f, elementType(f, a)),
  VecPushBack: (f: FunctionLift, a: number) => vectorPushBack(f, elementType(f, a)),
  VecPopBack: (f: FunctionLift, a: number) => vectorPopBack(f, elementType(f, a)),
  VecSwap: (f: FunctionLift, a: number) => vectorSwap(f, elementType(f, a)),
};
