import { FunctionBuilder, I32, I64, type IrFunction, type IrSignature, OP } from "@dragoman/core";
import {
  ENUM_TAG,
  isInMemory,
  type LaidField,
  type MoveType,
  VECTOR,
} from "../layout/move-type.ts";
import { equalClosures } from "./closure-host.ts";
import {
  emitAddress,
  emitCopyBytes,
  emitElementAddress,
  emitLoad,
  emitScalarEqual,
  emitScaled,
} from "./emit-memory.ts";
import { GAS_PER } from "./gas-schedule.ts";
import { growHeap } from "./heap.ts";
import { HEAP_MAX, MOVE_FRAME } from "./move-frame.ts";
import { MOVE_TRAP } from "./outcome.ts";
import type { ProgramLift, WriteBody } from "./program-lift.ts";

/**
 * Routines of the runtime as IR functions, so that they are interpreted and compiled like everything else: allocation,
 * growth of vectors, deep copies, deep equality.
 */

const ALLOCATE: IrSignature = { params: [I32], results: [I32] };
const GROW: IrSignature = { params: [I32], results: [] };
const COPY: IrSignature = { params: [I32, I32], results: [] };
const EQUAL: IrSignature = { params: [I32, I32], results: [I32] };
const HEAP_GROW: IrSignature = { params: [I32], results: [] };

/** Bytes of a vector's first allocation. */
const FIRST_BYTES = 64;

function open(lift: ProgramLift, name: string, signature: IrSignature): FunctionBuilder {
  const builder = new FunctionBuilder(name, signature.params, signature.results, lift.words);
  builder.begin(0);
  return builder;
}

function chargeBytes(builder: FunctionBuilder, bytes: number, perByte: number): void {
  const wide = builder.emit(OP["i64.extend_u"], bytes);
  const cost =
    perByte === 1 ? wide : builder.emit(OP["i64.mul"], wide, builder.const64Parts(perByte, 0));
  builder.emit(OP["meter.dynamic"], cost);
}

/** (bytes) -> address, a multiple of 8; the bytes are garbage. Traps where the heap is full. */
export function allocateRoutine(lift: ProgramLift): number {
  return lift.routine("allocate", ALLOCATE, writeAllocate);
}

const writeAllocate: WriteBody = (lift) => {
  const b = open(lift, "allocate", ALLOCATE);
  const [size] = b.blockParams(0);
  const limit = b.const32(HEAP_MAX);
  b.emit(OP["trap.if"], b.emit(OP["i32.gt_u"], size, limit), MOVE_TRAP.MEMORY);
  chargeBytes(b, size, GAS_PER.HEAP_BYTE);
  const frame = b.emit(OP.frame);
  const top = b.emit(OP["i32.load"], frame, MOVE_FRAME.HEAP_TOP);
  const rounded = b.emit(OP["i32.and"], b.emit(OP["i32.add"], size, b.const32(7)), b.const32(~7));
  emitMoveTop(lift, b, frame, b.emit(OP["i32.add"], top, rounded));
  b.ret([top]);
  return b.build();
};

/** Sets the top of the heap to `end`, asking the host for room first where it must. */
function emitMoveTop(lift: ProgramLift, b: FunctionBuilder, frame: number, end: number): void {
  const limit = b.emit(OP["i32.load"], frame, MOVE_FRAME.HEAP_LIMIT);
  const host = lift.host("heap.grow", HEAP_GROW, () => growHeap);
  b.hostIf(b.emit(OP["i32.gt_u"], end, limit), host, [end]);
  b.emit(OP["i32.store"], frame, end, MOVE_FRAME.HEAP_TOP);
}

/**
 * (header) -> nothing: at least one more element of `size` bytes has room. Doubles; grows in place where the elements are the last
 * thing on the heap.
 */
export function growRoutine(lift: ProgramLift, size: number): number {
  return lift.routine(`grow ${size}`, GROW, (program) => writeGrow(program, size));
}

function writeGrow(lift: ProgramLift, size: number): IrFunction {
  const b = open(lift, `grow ${size}`, GROW);
  const [header] = b.blockParams(0);
  const first = Math.max(1, Math.floor(FIRST_BYTES / size));
  const at = b.emit(OP["i32.load"], header, VECTOR.POINTER);
  const old = b.emit(OP["i32.load"], header, VECTOR.CAPACITY);
  const doubled = b.emit(OP["i32.shl"], old, b.const32(1));
  const capacity = b.emit(OP["i32.select"], old, doubled, b.const32(first));
  const bytes = emitWideProduct(b, capacity, size);
  const most = b.const64(BigInt(HEAP_MAX));
  b.emit(OP["trap.if"], b.emit(OP["i64.gt_u"], bytes, most), MOVE_TRAP.MEMORY);
  const newBytes = b.emit(OP["i32.wrap"], bytes);
  const oldBytes = emitScaled(b, old, size);
  const frame = b.emit(OP.frame);
  const top = b.emit(OP["i32.load"], frame, MOVE_FRAME.HEAP_TOP);
  const oldEnd = b.emit(OP["i32.add"], at, emitRounded(b, oldBytes));
  const extend = b.block();
  const move = b.block();
  b.brIf(b.emit(OP["i32.eq"], oldEnd, top), extend, [], move, []);
  b.begin(extend);
  chargeBytes(b, b.emit(OP["i32.sub"], newBytes, oldBytes), GAS_PER.HEAP_BYTE);
  emitMoveTop(lift, b, frame, b.emit(OP["i32.add"], at, emitRounded(b, newBytes)));
  b.emit(OP["i32.store"], header, capacity, VECTOR.CAPACITY);
  b.ret();
  b.begin(move);
  const [fresh] = b.call(allocateRoutine(lift), [I32], [newBytes]);
  chargeBytes(b, oldBytes, GAS_PER.ELEMENT_BYTE);
  b.emit(OP["memory.copy"], fresh, at, oldBytes);
  b.emit(OP["i32.store"], header, fresh, VECTOR.POINTER);
  b.emit(OP["i32.store"], header, capacity, VECTOR.CAPACITY);
  b.ret();
  return b.build();
}

function emitRounded(b: FunctionBuilder, bytes: number): number {
  return b.emit(OP["i32.and"], b.emit(OP["i32.add"], bytes, b.const32(7)), b.const32(~7));
}

function emitWideProduct(b: FunctionBuilder, count: number, size: number): number {
  return b.emit(OP["i64.mul"], b.emit(OP["i64.extend_u"], count), b.const64Parts(size, 0));
}

/** Deep copy of a value from one address to another; emits the copy or a call of its routine. */
export function emitCopyValue(
  lift: ProgramLift,
  b: FunctionBuilder,
  type: MoveType,
  to: number,
  toOffset: number,
  from: number,
  fromOffset: number,
): void {
  if (type.plain) return emitCopyBytes(b, to, toOffset, from, fromOffset, type.size);
  const target = emitAddress(b, to, toOffset);
  b.call(copyRoutine(lift, type), [], [target, emitAddress(b, from, fromOffset)]);
}

/** (to, from) -> nothing: a copy of the value that shares nothing with it. */
function copyRoutine(lift: ProgramLift, type: MoveType): number {
  return lift.routine(`copy ${type.id}`, COPY, (program) => writeCopy(program, type));
}

function writeCopy(lift: ProgramLift, type: MoveType): IrFunction {
  const b = open(lift, `copy ${type.id}`, COPY);
  const [to, from] = b.blockParams(0);
  if (type.kind === "vector") {
    writeCopyVector(lift, b, type.element!, to, from);
  } else if (type.kind === "enum") {
    emitCopyBytes(b, to, ENUM_TAG, from, ENUM_TAG, 4);
    writeByVariant(b, type, from, (fields) => {
      emitCopyFields(lift, b, fields, to, from);
      b.ret();
    });
  } else {
    emitCopyFields(lift, b, type.fields, to, from);
    b.ret();
  }
  return b.build();
}

function emitCopyFields(
  lift: ProgramLift,
  b: FunctionBuilder,
  fields: readonly LaidField[],
  to: number,
  from: number,
): void {
  for (const { type, offset } of fields) emitCopyValue(lift, b, type, to, offset, from, offset);
}

/** One block per variant of the enum at `address`, each finished by `write`. */
function writeByVariant(
  b: FunctionBuilder,
  type: MoveType,
  address: number,
  write: (fields: readonly LaidField[]) => void,
): void {
  const blocks = type.variants.map(() => b.block());
  b.switch(b.emit(OP["i32.load"], address, ENUM_TAG), blocks, blocks[0]);
  type.variants.forEach((variant, index) => {
    b.begin(blocks[index]);
    write(variant.fields);
  });
}

function writeCopyVector(
  lift: ProgramLift,
  b: FunctionBuilder,
  element: MoveType,
  to: number,
  from: number,
): void {
  const at = b.emit(OP["i32.load"], from, VECTOR.POINTER);
  const length = b.emit(OP["i32.load"], from, VECTOR.LENGTH);
  const bytes = emitScaled(b, length, element.size);
  chargeBytes(b, bytes, GAS_PER.ELEMENT_BYTE);
  const [fresh] = b.call(allocateRoutine(lift), [I32], [bytes]);
  const finish = (): void => {
    b.emit(OP["i32.store"], to, fresh, VECTOR.POINTER);
    b.emit(OP["i32.store"], to, length, VECTOR.LENGTH);
    b.emit(OP["i32.store"], to, length, VECTOR.CAPACITY);
    b.ret();
  };
  if (element.plain) {
    b.emit(OP["memory.copy"], fresh, at, bytes);
    return finish();
  }
  emitLoop(b, bytes, element.size, (offset) => {
    const target = b.emit(OP["i32.add"], fresh, offset);
    const source = b.emit(OP["i32.add"], at, offset);
    emitCopyValue(lift, b, element, target, 0, source, 0);
  });
  finish();
}

/** A loop over offsets 0, step, … below `end`; afterwards the block behind the loop is open. */
function emitLoop(
  b: FunctionBuilder,
  end: number,
  step: number,
  body: (offset: number) => void,
): void {
  const head = b.block([I32]);
  const inside = b.block();
  const behind = b.block();
  b.br(head, [b.const32(0)]);
  b.begin(head);
  const [offset] = b.blockParams(head);
  b.brIf(b.emit(OP["i32.lt_u"], offset, end), inside, [], behind, []);
  b.begin(inside);
  body(offset);
  b.br(head, [b.emit(OP["i32.add"], offset, b.const32(step))]);
  b.begin(behind);
}

/** 1 if the values at two addresses are equal, by layout. */
export function emitEqualAt(
  lift: ProgramLift,
  b: FunctionBuilder,
  type: MoveType,
  x: number,
  xOffset: number,
  y: number,
  yOffset: number,
): number {
  if (!isInMemory(type)) {
    const left = emitLoad(b, type, x, xOffset);
    if (type.shape !== undefined) {
      return emitClosureEqual(lift, b, type, left, emitLoad(b, type, y, yOffset));
    }
    return emitScalarEqual(b, type, left, emitLoad(b, type, y, yOffset));
  }
  const left = emitAddress(b, x, xOffset);
  const right = emitAddress(b, y, yOffset);
  if (type.dense) return emitSameBytes(b, left, right, b.const32(type.size));
  return b.call(equalRoutine(lift, type), [I32], [left, right])[0];
}

/** 1 if two closures are equal: the same function, and equal captured values. The host compares. */
export function emitClosureEqual(
  lift: ProgramLift,
  b: FunctionBuilder,
  type: MoveType,
  x: number,
  y: number,
): number {
  const host = lift.host(`closure.equal ${type.id}`, EQUAL, () => equalClosures(type));
  return b.host(host, [I32], [x, y])[0];
}

function emitSameBytes(b: FunctionBuilder, x: number, y: number, bytes: number): number {
  return b.emit(OP["i32.eqz"], b.emit(OP["memory.compare"], x, y, bytes));
}

/** (x, y) -> 1 if equal. */
function equalRoutine(lift: ProgramLift, type: MoveType): number {
  return lift.routine(`equal ${type.id}`, EQUAL, (program) => writeEqual(program, type));
}

function writeEqual(lift: ProgramLift, type: MoveType): IrFunction {
  const b = open(lift, `equal ${type.id}`, EQUAL);
  const [x, y] = b.blockParams(0);
  if (type.kind === "vector") {
    writeEqualVector(lift, b, type.element!, x, y);
  } else if (type.kind === "enum") {
    const same = b.emit(
      OP["i32.eq"],
      b.emit(OP["i32.load"], x, ENUM_TAG),
      b.emit(OP["i32.load"], y, ENUM_TAG),
    );
    emitReturnUnless(b, same);
    writeByVariant(b, type, x, (fields) => writeEqualFields(lift, b, fields, x, y));
  } else {
    writeEqualFields(lift, b, type.fields, x, y);
  }
  return b.build();
}

/** Returns 0 if `condition` is 0; afterwards a new block is open. */
function emitReturnUnless(b: FunctionBuilder, condition: number): void {
  const go = b.block();
  const different = b.block();
  b.brIf(condition, go, [], different, []);
  b.begin(different);
  b.ret([b.const32(0)]);
  b.begin(go);
}

function writeEqualFields(
  lift: ProgramLift,
  b: FunctionBuilder,
  fields: readonly LaidField[],
  x: number,
  y: number,
): void {
  for (const { type, offset } of fields) {
    emitReturnUnless(b, emitEqualAt(lift, b, type, x, offset, y, offset));
  }
  b.ret([b.const32(1)]);
}

function writeEqualVector(
  lift: ProgramLift,
  b: FunctionBuilder,
  element: MoveType,
  x: number,
  y: number,
): void {
  const length = b.emit(OP["i32.load"], x, VECTOR.LENGTH);
  const other = b.emit(OP["i32.load"], y, VECTOR.LENGTH);
  emitReturnUnless(b, b.emit(OP["i32.eq"], length, other));
  const bytes = emitScaled(b, length, element.size);
  chargeBytes(b, bytes, GAS_PER.ELEMENT_BYTE);
  const left = b.emit(OP["i32.load"], x, VECTOR.POINTER);
  const right = b.emit(OP["i32.load"], y, VECTOR.POINTER);
  if (element.dense) {
    b.ret([emitSameBytes(b, left, right, bytes)]);
    return;
  }
  emitLoop(b, bytes, element.size, (offset) => {
    const a = b.emit(OP["i32.add"], left, offset);
    const c = b.emit(OP["i32.add"], right, offset);
    emitReturnUnless(b, emitEqualAt(lift, b, element, a, 0, c, 0));
  });
  b.ret([b.const32(1)]);
}

/** Length of a vector as a Move u64. */
export function emitLength(b: FunctionBuilder, base: number, offset: number): number {
  return b.emit(OP["i64.load32"], base, offset + VECTOR.LENGTH);
}

/** Address of element `index` (u64, proven in range) of the vector at `base + offset`. */
export function emitElement(
  b: FunctionBuilder,
  base: number,
  offset: number,
  index: number,
  size: number,
): number {
  const at = b.emit(OP["i32.load"], base, offset + VECTOR.POINTER);
  return emitElementAddress(b, at, b.emit(OP["i32.wrap"], index), size);
}

/** Types of IR that the routines here return, for callers. */
export const ADDRESS = I32;
export const LENGTH = I64;
