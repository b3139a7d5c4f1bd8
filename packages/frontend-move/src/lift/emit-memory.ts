import { type FunctionBuilder, OP } from "@dragoman/core";
import type { MoveType } from "../layout/move-type.ts";

/** Bytes up to which a copy is written out as loads and stores. */
const INLINE_COPY_MAX = 64;

/** Loads the value of a type that has a carrier. */
export function emitLoad(
  builder: FunctionBuilder,
  type: MoveType,
  base: number,
  offset: number,
): number {
  switch (type.kind) {
    case "bool":
      return builder.emit(OP["i32.load8"], base, offset);
    case "reference":
    case "function":
      return builder.emit(OP["i32.load"], base, offset);
    case "u8":
    case "i8":
      return builder.emit(OP["i64.load8"], base, offset);
    case "u16":
    case "i16":
      return builder.emit(OP["i64.load16"], base, offset);
    case "u32":
    case "i32":
      return builder.emit(OP["i64.load32"], base, offset);
    case "u64":
    case "i64":
      return builder.emit(OP["i64.load"], base, offset);
    default:
      return builder.emit(OP["i256.load_le"], base, offset, type.size);
  }
}

/** Stores a value of a type that has a carrier. */
export function emitStore(
  builder: FunctionBuilder,
  type: MoveType,
  base: number,
  offset: number,
  value: number,
): void {
  switch (type.kind) {
    case "bool":
      builder.emit(OP["i32.store8"], base, value, offset);
      break;
    case "reference":
    case "function":
      builder.emit(OP["i32.store"], base, value, offset);
      break;
    case "u8":
    case "i8":
      builder.emit(OP["i64.store8"], base, value, offset);
      break;
    case "u16":
    case "i16":
      builder.emit(OP["i64.store16"], base, value, offset);
      break;
    case "u32":
    case "i32":
      builder.emit(OP["i64.store32"], base, value, offset);
      break;
    case "u64":
    case "i64":
      builder.emit(OP["i64.store"], base, value, offset);
      break;
    default:
      builder.emit(OP["i256.store_le"], base, value, offset, type.size);
  }
}

/** `base + offset` as a value. */
export function emitAddress(builder: FunctionBuilder, base: number, offset: number): number {
  return offset === 0 ? base : builder.emit(OP["i32.add"], base, builder.const32(offset));
}

/** Copies bytes that do not overlap, or coincide. */
export function emitCopyBytes(
  builder: FunctionBuilder,
  to: number,
  toOffset: number,
  from: number,
  fromOffset: number,
  size: number,
): void {
  if (size > INLINE_COPY_MAX) {
    const target = emitAddress(builder, to, toOffset);
    const source = emitAddress(builder, from, fromOffset);
    builder.emit(OP["memory.copy"], target, source, builder.const32(size));
    return;
  }
  let at = 0;
  for (; at + 8 <= size; at += 8) {
    const word = builder.emit(OP["i64.load"], from, fromOffset + at);
    builder.emit(OP["i64.store"], to, word, toOffset + at);
  }
  for (const [width, load, store] of NARROW_COPIES) {
    for (; at + width <= size; at += width) {
      const part = builder.emit(load, from, fromOffset + at);
      builder.emit(store, to, part, toOffset + at);
    }
  }
}

const NARROW_COPIES = [
  [4, OP["i32.load"], OP["i32.store"]],
  [2, OP["i32.load16"], OP["i32.store16"]],
  [1, OP["i32.load8"], OP["i32.store8"]],
] as const;

/** 1 if the values of a type with a carrier are equal. References must be followed by the caller. */
export function emitScalarEqual(
  builder: FunctionBuilder,
  type: MoveType,
  a: number,
  b: number,
): number {
  if (type.kind === "bool" || type.kind === "reference") return builder.emit(OP["i32.eq"], a, b);
  return builder.emit(type.bits > 0 && type.bits <= 64 ? OP["i64.eq"] : OP["i256.eq"], a, b);
}

/** The address of element `index` (i32) of elements of `size` bytes that begin at `at`. */
export function emitElementAddress(
  builder: FunctionBuilder,
  at: number,
  index: number,
  size: number,
): number {
  return builder.emit(OP["i32.add"], at, emitScaled(builder, index, size));
}

/** `index * size` as an i32. */
export function emitScaled(builder: FunctionBuilder, index: number, size: number): number {
  if (size === 1) return index;
  const shift = 31 - Math.clz32(size);
  return 1 << shift === size
    ? builder.emit(OP["i32.shl"], index, builder.const32(shift))
    : builder.emit(OP["i32.mul"], index, builder.const32(size));
}
