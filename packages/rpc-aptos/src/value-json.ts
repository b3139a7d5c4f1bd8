import { ByteReader, encodeHex } from "@dragoman/bytes";
import { formatAddress, type JsonValue, jsonFromBcs, type MoveType } from "@dragoman/frontend-move";
import { standardAddress } from "@dragoman/ledger-move";

/**
 * A value of Move as the REST interface writes it: integers up to 32 bits as numbers, wider ones as decimal strings, addresses as AIP-40 says,
 * `vector<u8>` as `0x…`, strings as text, structs as objects. Faults: those of the reader where `bytes` are no BCS of `type`.
 */
export function valueJson(type: MoveType, bytes: Uint8Array): JsonValue {
  const reader = new ByteReader(bytes);
  const value = readValue(reader, type);
  reader.finish();
  return value;
}

function readValue(reader: ByteReader, type: MoveType): JsonValue {
  if (type.bits > 0) return readInteger(reader, type);
  switch (type.kind) {
    case "bool":
      return reader.u8() === 1;
    case "vector":
      return readVector(reader, type.element as MoveType);
    case "struct":
      if (isText(type)) return readText(reader);
      return readFields(reader, type.fields);
    case "enum": {
      const variant = type.variants[readLength(reader)];
      if (variant === undefined) return null;
      return { __variant__: variant.name, ...readFields(reader, variant.fields) };
    }
    case "function": {
      const { value, end } = jsonFromBcs(type, reader.bytes, reader.at);
      reader.take(end - reader.at);
      return value;
    }
    case "reference":
      return readValue(reader, type.element as MoveType);
    default:
      return standardAddress(reader.take(32));
  }
}

const readLength = (reader: ByteReader): number => reader.uleb128(reader.bytes.length);

function readInteger(reader: ByteReader, { bits, signed }: MoveType): JsonValue {
  let value = 0n;
  reader.take(bits / 8).forEach((byte, index) => {
    value |= BigInt(byte) << BigInt(8 * index);
  });
  if (signed) value = BigInt.asIntN(bits, value);
  return bits <= 32 ? Number(value) : value.toString();
}

function readVector(reader: ByteReader, element: MoveType): JsonValue {
  const length = readLength(reader);
  if (element.kind === "u8") return encodeHex(reader.take(length));
  return Array.from({ length }, () => readValue(reader, element));
}

function isText({ name }: MoveType): boolean {
  return (
    name?.module === "string" && name.name === "String" && formatAddress(name.address) === "0x1"
  );
}

/** Natives can make a String of any bytes; what is no UTF-8 is shown with replacement characters. */
const readText = (reader: ByteReader): string =>
  new TextDecoder().decode(reader.take(readLength(reader)));

function readFields(
  reader: ByteReader,
  fields: MoveType["fields"],
): { readonly [name: string]: JsonValue } {
  return Object.fromEntries(fields.map(({ name, type }) => [name, readValue(reader, type)]));
}
