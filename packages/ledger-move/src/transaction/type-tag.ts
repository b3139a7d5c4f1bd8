import { ByteReader, type ByteWriter, encodeHex } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";
import { formatAddress, type TypeTag } from "@dragoman/frontend-move";

/** Primitive types by their variant in the BCS of a TypeTag (move-core-types `language_storage`). */
const PRIMITIVES = new Map([
  [0, "bool"],
  [1, "u8"],
  [2, "u64"],
  [3, "u128"],
  [4, "address"],
  [5, "signer"],
  [8, "u16"],
  [9, "u32"],
  [10, "u256"],
] as const);
const VECTOR = 6;
const STRUCT = 7;
/** Nesting that the node accepts (move-core-types `safe_serialize`). */
const DEPTH_MAX = 8;
const TYPE_ARGUMENTS_MAX = 32;
const IDENTIFIER_MAX = 255;

export type StructTag = Extract<TypeTag, { tag: "struct" }>;

/** Reads the BCS of a TypeTag. Faults: MALFORMED_TRANSACTION and those of the reader. */
export function readTypeTag(reader: ByteReader, depth = 0): TypeTag {
  const { at } = reader;
  if (depth > DEPTH_MAX) {
    refuse("MALFORMED_TRANSACTION", at, `a type is nested deeper than ${DEPTH_MAX}`);
  }
  const variant = reader.uleb128(255);
  if (variant === VECTOR) return { tag: "vector", inner: readTypeTag(reader, depth + 1) };
  if (variant === STRUCT) return readStructTag(reader, depth + 1);
  const primitive = PRIMITIVES.get(variant as 0);
  if (primitive === undefined) {
    return refuse("MALFORMED_TRANSACTION", at, `type tag ${variant} is unknown`);
  }
  return { tag: primitive };
}

/** Reads the BCS of a StructTag. Faults as {@link readTypeTag}. */
export function readStructTag(reader: ByteReader, depth = 0): StructTag {
  const address = reader.take(32).slice();
  const module = readIdentifier(reader);
  const name = readIdentifier(reader);
  const count = reader.uleb128(TYPE_ARGUMENTS_MAX);
  const typeArguments = Array.from({ length: count }, () => readTypeTag(reader, depth + 1));
  return { tag: "struct", address, module, name, typeArguments };
}

/** An identifier of Move behind its length. Faults: MALFORMED_TRANSACTION where it is none. */
export function readIdentifier(reader: ByteReader): string {
  const { at } = reader;
  const text = reader.utf8(reader.uleb128(IDENTIFIER_MAX));
  if (!/^(?:[A-Za-z]\w*|_\w+)$/.test(text)) {
    refuse("MALFORMED_TRANSACTION", at, `${JSON.stringify(text)} is no identifier`);
  }
  return text;
}

/** The struct whose resource a state key names. */
export function structTagOfKey(key: Uint8Array): StructTag {
  const reader = new ByteReader(key);
  const tag = readStructTag(reader);
  reader.finish();
  return tag;
}

/** BCS of a StructTag: what keys a resource. */
export function writeStructTag(writer: ByteWriter, tag: StructTag): void {
  writer.bytes(tag.address);
  writeIdentifier(writer, tag.module);
  writeIdentifier(writer, tag.name);
  writer.uleb128(tag.typeArguments.length);
  for (const argument of tag.typeArguments) writeTypeTag(writer, argument);
}

function writeTypeTag(writer: ByteWriter, tag: TypeTag): void {
  if (tag.tag === "struct") {
    writer.u8(STRUCT);
    writeStructTag(writer, tag);
  } else if (tag.tag === "vector") {
    writer.u8(VECTOR);
    writeTypeTag(writer, tag.inner);
  } else {
    for (const [code, name] of PRIMITIVES) if (name === tag.tag) writer.u8(code);
  }
}

function writeIdentifier(writer: ByteWriter, text: string): void {
  writer.uleb128(text.length);
  writer.bytes(Uint8Array.from(text, (char) => char.charCodeAt(0)));
}

/**
 * An address as AIP-40 writes it: `0x0` to `0xf` in their short form, any other with all 64 digits. What ts-sdk's `AccountAddress.toString()` gives.
 */
export function standardAddress(address: Uint8Array): string {
  const isSpecial = address.every((byte, index) => (index < 31 ? byte === 0 : byte < 16));
  return isSpecial ? formatAddress(address) : encodeHex(address);
}

/** `0x1::coin::CoinStore<0x1::aptos_coin::AptosCoin>`, addresses as {@link standardAddress}. */
export function formatTypeTag(tag: TypeTag): string {
  if (tag.tag === "vector") return `vector<${formatTypeTag(tag.inner)}>`;
  if (tag.tag !== "struct") return tag.tag;
  const inner = tag.typeArguments.map(formatTypeTag).join(", ");
  const name = `${standardAddress(tag.address)}::${tag.module}::${tag.name}`;
  return inner === "" ? name : `${name}<${inner}>`;
}
