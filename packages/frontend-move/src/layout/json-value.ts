import { ByteWriter, decodeHex, encodeHex } from "@dragoman/bytes";
import { MoveFault } from "../format/index.ts";
import { formatAddress, moduleName, parseAddress } from "../load/module-name.ts";
import { expectLayout, readClosureHead } from "./closure-bcs.ts";
import type { LaidField, MoveType } from "./move-type.ts";
import { formatType } from "./type-tag.ts";

/**
 * Values in JSON: u8, u16, u32 as numbers, wider integers as decimal strings, addresses as `0x…`, `vector<u8>` as hex digits,
 * `0x1::string::String` as text, structs as objects, enums as objects with `__variant__`. On the way in, integers may be
 * numbers or strings of any width, and `vector<u8>` may be an array.
 */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

const UTF8_IN = new TextEncoder();
const UTF8_OUT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function isText(type: MoveType): boolean {
  const { name } = type;
  return (
    name?.module === "string" && name.name === "String" && formatAddress(name.address) === "0x1"
  );
}

/**
 * BCS of a JSON value as `type`.
 *
 * Faults: MoveFault FAILED_TO_DESERIALIZE_ARGUMENT where the value is not one of the type.
 */
export function bcsFromJson(type: MoveType, value: JsonValue): Uint8Array {
  const writer = new ByteWriter();
  writeJson(writer, type, value);
  return writer.finish();
}

function mismatch(type: MoveType, value: JsonValue): never {
  const text = JSON.stringify(value)?.slice(0, 60) ?? String(value);
  const sentence = `${text} is no ${formatType(type)}`;
  throw new MoveFault("FAILED_TO_DESERIALIZE_ARGUMENT", {}, sentence);
}

function writeJson(writer: ByteWriter, type: MoveType, value: JsonValue): void {
  if (type.bits > 0) return writeInteger(writer, type, value);
  switch (type.kind) {
    case "bool":
      if (typeof value !== "boolean") mismatch(type, value);
      return writer.u8(value ? 1 : 0);
    case "address":
    case "signer":
      if (typeof value !== "string") mismatch(type, value);
      return writer.bytes(parseAddress(value));
    case "vector":
      return writeVector(writer, type, value);
    case "struct":
      if (isText(type) && typeof value === "string")
        return writeBytes(writer, UTF8_IN.encode(value));
      return writeFields(writer, type, type.fields, value);
    case "enum": {
      const wanted = record(type, value).__variant__;
      const index = type.variants.findIndex((variant) => variant.name === wanted);
      if (index < 0) mismatch(type, value);
      writer.uleb128(index);
      return writeFields(writer, type, type.variants[index].fields, value);
    }
    default:
      mismatch(type, value);
  }
}

function writeInteger(writer: ByteWriter, type: MoveType, value: JsonValue): void {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^(-?\d+|0x[0-9a-f]+)$/i.test(text)) {
    return mismatch(type, value);
  }
  const given = BigInt(text);
  const wrap = type.signed ? BigInt.asIntN : BigInt.asUintN;
  if (wrap(type.bits, given) !== given) mismatch(type, value);
  const integer = BigInt.asUintN(type.bits, given);
  for (let shift = 0; shift < type.bits; shift += 8) {
    writer.u8(Number((integer >> BigInt(shift)) & 0xffn));
  }
}

function writeBytes(writer: ByteWriter, bytes: Uint8Array): void {
  writer.uleb128(bytes.length);
  writer.bytes(bytes);
}

function writeVector(writer: ByteWriter, type: MoveType, value: JsonValue): void {
  const element = type.element!;
  if (typeof value === "string" && element.kind === "u8") {
    if (!/^(0x)?([0-9a-f]{2})*$/i.test(value)) mismatch(type, value);
    return writeBytes(writer, decodeHex(value));
  }
  if (!Array.isArray(value)) mismatch(type, value);
  writer.uleb128(value.length);
  for (const part of value) writeJson(writer, element, part);
}

function record(type: MoveType, value: JsonValue): { readonly [key: string]: JsonValue } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) mismatch(type, value);
  return value as { readonly [key: string]: JsonValue };
}

function writeFields(
  writer: ByteWriter,
  type: MoveType,
  fields: readonly LaidField[],
  value: JsonValue,
): void {
  const parts = record(type, value);
  for (const field of fields) {
    if (!Object.hasOwn(parts, field.name)) mismatch(type, value);
    writeJson(writer, field.type, parts[field.name]);
  }
}

/** JSON of the value of `type` whose BCS begins at `at`; gives where it ends too. The bytes are well-formed. */
export function jsonFromBcs(
  type: MoveType,
  bytes: Uint8Array,
  at = 0,
): { value: JsonValue; end: number } {
  const cursor = { bytes, at };
  const value = readJson(cursor, type);
  return { value, end: cursor.at };
}

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

function take(cursor: Cursor, size: number): Uint8Array {
  const { at } = cursor;
  cursor.at += size;
  return cursor.bytes.subarray(at, at + size);
}

function readLength(cursor: Cursor): number {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = cursor.bytes[cursor.at++];
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
  }
}

function readJson(cursor: Cursor, type: MoveType): JsonValue {
  if (type.bits > 0) return readInteger(cursor, type);
  switch (type.kind) {
    case "bool":
      return take(cursor, 1)[0] === 1;
    case "vector": {
      const length = readLength(cursor);
      if (type.element!.kind === "u8") return encodeHex(take(cursor, length)).slice(2);
      return Array.from({ length }, () => readJson(cursor, type.element!));
    }
    case "struct":
      if (isText(type)) return readText(take(cursor, readLength(cursor)));
      return Object.fromEntries(readFields(cursor, type.fields));
    case "enum": {
      const variant = type.variants[readLength(cursor)];
      const fields = readFields(cursor, variant.fields);
      return Object.fromEntries([["__variant__", variant.name], ...fields]);
    }
    case "reference":
      return readJson(cursor, type.element!);
    case "function":
      return readClosure(cursor, type);
    default:
      return formatAddress(take(cursor, 32));
  }
}

function readInteger(cursor: Cursor, { bits, signed }: MoveType): JsonValue {
  const bytes = take(cursor, bits / 8);
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
  if (signed) value = BigInt.asIntN(bits, value);
  return bits <= 32 ? Number(value) : value.toString();
}

/** As the REST interface of Aptos shows it: the function, the mask, the captured values. */
function readClosure(cursor: Cursor, type: MoveType): JsonValue {
  const closure = readClosureHead(cursor, type);
  const captured = closure.captured.map((field) => {
    expectLayout(cursor, field.type);
    return readJson(cursor, field.type);
  });
  const types = closure.typeArguments.map((argument) => formatType(argument)).join(", ");
  const suffix = types === "" ? "" : `<${types}>`;
  const name = `${moduleName(closure.address, closure.module)}::${closure.name}${suffix}`;
  return { __fun_name__: name, __mask__: closure.mask.toString(), __captured__: captured };
}

function readFields(cursor: Cursor, fields: readonly LaidField[]): [string, JsonValue][] {
  return fields.map((field) => [field.name, readJson(cursor, field.type)]);
}

/** Natives can make a String of any bytes; what is no UTF-8 is shown as hex. */
function readText(bytes: Uint8Array): string {
  try {
    return UTF8_OUT.decode(bytes);
  } catch {
    return encodeHex(bytes);
  }
}
