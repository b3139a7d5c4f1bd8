import { encodeHex } from "@dragoman/bytes";
import type { LinearMemory } from "@dragoman/core";
import { ENUM_TAG, type LaidField, type MoveType, VECTOR } from "../layout/move-type.ts";
import { formatType } from "../layout/type-tag.ts";
import { formatAddress } from "../load/module-name.ts";

/** How a value is written as text (aptos-core `natives/string_utils.rs`, `native_format_impl`). */
export interface ValueStyle {
  /** Structs with their modules and type arguments, not by their names alone. */
  readonly typeTag: boolean;
  /** Addresses with all digits. */
  readonly canonical: boolean;
  readonly singleLine: boolean;
  /** Numbers with their types. */
  readonly integerTypes: boolean;
}

/** What was written, and how many values and bytes of strings that were: what it costs. */
export interface WrittenValue {
  text: string;
  values: number;
  bytes: number;
}

const TEXT = new TextDecoder();

const allDigits = (address: Uint8Array): string => encodeHex(address);

/** Appends the value of `type` at `address`. */
export function writeValue(
  memory: LinearMemory,
  type: MoveType,
  address: number,
  style: ValueStyle,
  out: WrittenValue,
  depth = 0,
): void {
  out.values++;
  switch (type.kind) {
    case "reference":
      out.values--;
      writeValue(
        memory,
        type.element as MoveType,
        memory.view.getUint32(address, true),
        style,
        out,
        depth,
      );
      return;
    case "bool":
      out.text += memory.u8[address] === 0 ? "false" : "true";
      return;
    case "address":
      out.text += addressText(memory, address, style);
      return;
    case "signer":
      out.text += `signer(${addressText(memory, address, style)})`;
      return;
    case "vector":
      return writeVector(memory, type, address, style, out, depth);
    case "struct":
      return writeStruct(memory, type, address, style, out, depth);
    case "enum": {
      const variant = type.variants[memory.view.getUint32(address + ENUM_TAG, true)];
      out.text += `${variant.name}{`;
      writeFields(memory, variant.fields, address, style, out, depth);
      out.text += "}";
      return;
    }
    default:
      out.text += numberOf(memory, address, type.size);
      if (style.integerTypes) out.text += type.kind;
  }
}

function numberOf(memory: LinearMemory, address: number, size: number): string {
  let value = 0n;
  for (let at = size - 1; at >= 0; at--) value = (value << 8n) | BigInt(memory.u8[address + at]);
  return String(value);
}

function addressText(memory: LinearMemory, at: number, { canonical }: ValueStyle): string {
  const bytes = memory.u8.slice(at, at + 32);
  return `@${canonical ? allDigits(bytes) : formatAddress(bytes)}`;
}

/** Elements of the vector at `address`: where they lie, and how many. */
function elementsAt(memory: LinearMemory, address: number): readonly [number, number] {
  const { view } = memory;
  return [
    view.getUint32(address + VECTOR.POINTER, true),
    view.getUint32(address + VECTOR.LENGTH, true),
  ];
}

function bytesAt(memory: LinearMemory, address: number): Uint8Array {
  const [at, length] = elementsAt(memory, address);
  return memory.u8.slice(at, at + length);
}

function writeVector(
  memory: LinearMemory,
  type: MoveType,
  address: number,
  style: ValueStyle,
  out: WrittenValue,
  depth: number,
): void {
  const element = type.element as MoveType;
  if (element.kind === "u8") {
    const bytes = bytesAt(memory, address);
    out.bytes += bytes.length;
    out.text += encodeHex(bytes);
    return;
  }
  const [at, length] = elementsAt(memory, address);
  const isNested =
    element.kind === "vector" || element.kind === "struct" || element.kind === "enum";
  const items = Array.from({ length }, (_, index) => ({
    name: "",
    type: element,
    at: at + index * element.size,
  }));
  out.text += "[";
  writeItems(memory, items, !style.singleLine && isNested, style, out, depth);
  out.text += "]";
}

function writeStruct(
  memory: LinearMemory,
  type: MoveType,
  address: number,
  style: ValueStyle,
  out: WrittenValue,
  depth: number,
): void {
  const path = type.name === undefined ? "" : formatType(type).replace(/<.*/, "");
  if (path === "0x1::string::String") {
    const bytes = bytesAt(memory, address);
    out.bytes += bytes.length;
    out.text += `"${TEXT.decode(bytes).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
    return;
  }
  if (path === "0x1::option::Option") {
    const [at, length] = elementsAt(memory, address);
    if (length === 0) {
      out.text += "None";
      return;
    }
    out.text += "Some(";
    const vector = type.fields[0].type;
    writeValue(memory, vector.element as MoveType, at, style, out, depth);
    out.text += ")";
    return;
  }
  out.text += `${style.typeTag ? formatType(type, allDigits) : type.name?.name} {`;
  writeFields(memory, type.fields, address, style, out, depth);
  out.text += "}";
}

function writeFields(
  memory: LinearMemory,
  fields: readonly LaidField[],
  address: number,
  style: ValueStyle,
  out: WrittenValue,
  depth: number,
): void {
  const items = fields.map(({ name, type, offset }) => ({
    name: `${name}: `,
    type,
    at: address + offset,
  }));
  writeItems(memory, items, !style.singleLine, style, out, depth);
}

interface Item {
  readonly name: string;
  readonly type: MoveType;
  readonly at: number;
}

function writeItems(
  memory: LinearMemory,
  items: readonly Item[],
  isBroken: boolean,
  style: ValueStyle,
  out: WrittenValue,
  depth: number,
): void {
  if (items.length === 0) return;
  const gap = (level: number): string => (isBroken ? `\n${"  ".repeat(level)}` : " ");
  items.forEach(({ name, type, at }, index) => {
    out.text += `${index > 0 ? "," : ""}${gap(depth + 1)}${name}`;
    writeValue(memory, type, at, style, out, depth + 1);
  });
  out.text += gap(depth);
}
