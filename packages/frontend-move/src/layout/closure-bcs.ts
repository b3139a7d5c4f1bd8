import { ByteWriter } from "@dragoman/bytes";
import { MoveFault } from "../format/index.ts";
import { moduleName } from "../load/module-name.ts";
import type { BcsSource } from "./bcs-source.ts";
import { malformed, readUleb, take } from "./bcs-source.ts";
import type { Closure, MoveType, Passed } from "./move-type.ts";
import {
  PASSED_CODES,
  type PassedTag,
  primitiveOfCode,
  TAG_FUNCTION,
  TAG_STRUCT,
  TAG_VECTOR,
  type TypeTag,
  writeText,
  writeTypeTag,
} from "./type-tag.ts";

/**
 * The BCS of a closure (move-core-types `function.rs`) is a sequence: the number of its items, the version of the form (u16), the
 * module, the function, the type arguments, the mask (u64), then the layout and the value of each captured parameter.
 */
const FORM_VERSION = 1;
const ITEMS_BEFORE_CAPTURED = 5;
/** Type arguments that a closure in BCS may have, and nesting of their tags. */
const TYPE_ARGUMENTS_MAX = 32;
const TAG_DEPTH_MAX = 32;

/** What stands before the captured values. */
export function closureHead(closure: Closure): Uint8Array {
  const writer = new ByteWriter(96);
  writer.uleb128(ITEMS_BEFORE_CAPTURED + 2 * closure.captured.length);
  writer.u16(FORM_VERSION);
  writer.bytes(closure.address);
  writeText(writer, closure.module);
  writeText(writer, closure.name);
  writer.uleb128(closure.typeArguments.length);
  for (const type of closure.typeArguments) writeTypeTag(writer, type);
  writer.uint(closure.mask, 8);
  return writer.finish();
}

/**
 * Reads what stands before the captured values and finds the closure, which must be one of `type`.
 *
 * Faults: MoveFault FAILED_TO_DESERIALIZE_ARGUMENT with the offset in the bytes, and those of a function or type that is not there.
 */
export function readClosureHead(source: BcsSource, type: MoveType): Closure {
  const start = source.at;
  const items = readUleb(source);
  if (readUint(source, 2) !== BigInt(FORM_VERSION)) malformed(source, "no known form of a closure");
  const address = source.bytes.slice(take(source, 32), source.at);
  const module = moduleName(address, readName(source));
  const name = readName(source);
  const count = readUleb(source);
  if (count > TYPE_ARGUMENTS_MAX) malformed(source, "a closure has too many type arguments");
  const typeArguments: TypeTag[] = [];
  for (let i = 0; i < count; i++) typeArguments.push(readTag(source, 0));
  const mask = readUint(source, 8);
  const { shape } = type;
  if (shape === undefined) return malformed(source, "no function type");
  const closure = shape.closures.closureNamed(module, name, typeArguments, mask);
  const isOfType =
    items === ITEMS_BEFORE_CAPTURED + 2 * closure.captured.length &&
    samePassed(closure.parameters, shape.parameters) &&
    samePassed(closure.results, shape.results) &&
    (type.abilities & ~closure.abilities) === 0;
  if (!isOfType) {
    const sentence = "the closure is of another type";
    throw new MoveFault("FAILED_TO_DESERIALIZE_ARGUMENT", { offset: start }, sentence);
  }
  return closure;
}

function samePassed(x: readonly Passed[], y: readonly Passed[]): boolean {
  return (
    x.length === y.length &&
    x.every(({ type, mode }, i) => type === y[i].type && mode === y[i].mode)
  );
}

/** Reads the layout of a captured value, which must be that of its type. */
export function expectLayout(source: BcsSource, type: MoveType): void {
  const wanted = layoutBytes(type);
  const at = take(source, wanted.length);
  if (wanted.some((byte, i) => source.bytes[at + i] !== byte)) {
    malformed(source, "a captured value has another layout");
  }
}

function readUint(source: BcsSource, size: number): bigint {
  const at = take(source, size);
  let value = 0n;
  for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(source.bytes[at + i]);
  return value;
}

function readName(source: BcsSource): string {
  const size = readUleb(source);
  const at = take(source, size);
  return String.fromCharCode(...source.bytes.subarray(at, at + Math.min(size, 256)));
}

function readTag(source: BcsSource, depth: number): TypeTag {
  if (depth > TAG_DEPTH_MAX) malformed(source, "a type nests too deep");
  const code = source.bytes[take(source, 1)];
  const primitive = primitiveOfCode(code);
  if (primitive !== undefined) return { tag: primitive };
  switch (code) {
    case TAG_VECTOR:
      return { tag: "vector", inner: readTag(source, depth + 1) };
    case TAG_STRUCT: {
      const address = source.bytes.slice(take(source, 32), source.at);
      const module = readName(source);
      const name = readName(source);
      const typeArguments = readList(source, () => readTag(source, depth + 1));
      return { tag: "struct", address, module, name, typeArguments };
    }
    case TAG_FUNCTION: {
      const parameters = readList(source, () => readPassed(source, depth + 1));
      const results = readList(source, () => readPassed(source, depth + 1));
      return {
        tag: "function",
        parameters,
        results,
        abilities: source.bytes[take(source, 1)] & 15,
      };
    }
    default:
      return malformed(source, `no type has the variant ${code}`);
  }
}

function readPassed(source: BcsSource, depth: number): PassedTag {
  const code = readUleb(source);
  const mode = (Object.keys(PASSED_CODES) as Passed["mode"][]).find(
    (candidate) => PASSED_CODES[candidate] === code,
  );
  if (mode === undefined) return malformed(source, `no parameter has the variant ${code}`);
  return { mode, tag: readTag(source, depth) };
}

function readList<T>(source: BcsSource, item: () => T): T[] {
  const count = readUleb(source);
  if (count > source.bytes.length - source.at) malformed(source, `${count} types are needed`);
  return Array.from({ length: count }, item);
}

/** Variant numbers of the BCS form of a MoveTypeLayout (move-core-types `value.rs`). */
const LAYOUT_CODE: Record<Exclude<MoveType["kind"], "enum" | "reference">, number> = {
  bool: 0,
  u8: 1,
  u64: 2,
  u128: 3,
  address: 4,
  vector: 5,
  struct: 6,
  signer: 7,
  u16: 8,
  u32: 9,
  u256: 10,
  function: 12,
  i8: 13,
  i16: 14,
  i32: 15,
  i64: 16,
  i128: 17,
  i256: 18,
};
/** A struct's layout is its fields; an enum's the fields of each variant. */
const LAYOUT_FIELDS = 0;
const LAYOUT_VARIANTS = 1;

const LAYOUTS = new WeakMap<MoveType, Uint8Array>();

/** BCS of the layout of a type: what a captured value is read by. */
export function layoutBytes(type: MoveType): Uint8Array {
  let bytes = LAYOUTS.get(type);
  if (bytes === undefined) {
    const writer = new ByteWriter(32);
    writeLayout(writer, type);
    bytes = writer.finish();
    LAYOUTS.set(type, bytes);
  }
  return bytes;
}

function writeLayout(writer: ByteWriter, type: MoveType): void {
  switch (type.kind) {
    case "vector":
      writer.u8(LAYOUT_CODE.vector);
      return writeLayout(writer, type.element as MoveType);
    case "struct":
      writer.u8(LAYOUT_CODE.struct);
      writer.u8(LAYOUT_FIELDS);
      return writeFields(writer, type.fields);
    case "enum":
      writer.u8(LAYOUT_CODE.struct);
      writer.u8(LAYOUT_VARIANTS);
      writer.uleb128(type.variants.length);
      for (const { fields } of type.variants) writeFields(writer, fields);
      return;
    case "reference":
      throw new MoveFault("FAILED_TO_DESERIALIZE_ARGUMENT", {}, "a reference has no layout");
    default:
      writer.u8(LAYOUT_CODE[type.kind]);
  }
}

function writeFields(writer: ByteWriter, fields: MoveType["fields"]): void {
  writer.uleb128(fields.length);
  for (const { type } of fields) writeLayout(writer, type);
}
