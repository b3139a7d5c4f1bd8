import type { ByteReader, ByteWriter } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";
import type { PrimitiveName, Shape } from "./shape.ts";

function number(
  name: PrimitiveName,
  write: (writer: ByteWriter, value: number) => void,
  read: (reader: ByteReader) => number,
): Shape<number> {
  return { definition: { kind: "primitive", name }, write, read };
}

function wide(name: PrimitiveName, size: number): Shape<bigint> {
  return {
    definition: { kind: "primitive", name },
    write: (writer, value) => writer.uint(value, size),
    read: (reader) => reader.uint(size),
  };
}

export const U8 = number(
  "u8",
  (writer, value) => writer.u8(value),
  (reader) => reader.u8(),
);
export const U16 = number(
  "u16",
  (writer, value) => writer.u16(value),
  (reader) => reader.u16(),
);
export const U32 = number(
  "u32",
  (writer, value) => writer.u32(value),
  (reader) => reader.u32(),
);
export const U64 = wide("u64", 8);
export const U128 = wide("u128", 16);

export const BOOL: Shape<boolean> = {
  definition: { kind: "primitive", name: "bool" },
  write: (writer, value) => writer.u8(value ? 1 : 0),
  read(reader) {
    const { at } = reader;
    const byte = reader.u8();
    return byte < 2 ? byte === 1 : refuse("MALFORMED_SCALE", at, `${byte} is no boolean`);
  },
};

/** Writes a number below 2^536 in SCALE's compact form. */
export function writeCompact(writer: ByteWriter, value: bigint | number): void {
  const number = BigInt(value);
  if (number < 1n << 6n) writer.u8(Number(number << 2n));
  else if (number < 1n << 14n) writer.u16(Number((number << 2n) | 1n));
  else if (number < 1n << 30n) writer.u32(Number((number << 2n) | 2n));
  else {
    const bytes: number[] = [];
    for (let rest = number; rest > 0n; rest >>= 8n) bytes.push(Number(rest & 0xffn));
    writer.u8(((bytes.length - 4) << 2) | 3);
    writer.bytes(Uint8Array.from(bytes));
  }
}

/** Reads a compact number of at most `max`, in its shortest form. Fault: MALFORMED_SCALE. */
export function readCompact(reader: ByteReader, max: bigint): bigint {
  const { at } = reader;
  const first = reader.u8();
  const mode = first & 3;
  let value = BigInt(first >> 2);
  let least = 0n;
  if (mode === 1) {
    value |= BigInt(reader.u8()) << 6n;
    least = 1n << 6n;
  } else if (mode === 2) {
    value |= (BigInt(reader.u8()) << 6n) | (BigInt(reader.u16()) << 14n);
    least = 1n << 14n;
  } else if (mode === 3) {
    const size = (first >> 2) + 4;
    value = 0n;
    reader.take(size).forEach((byte, i) => {
      value |= BigInt(byte) << BigInt(8 * i);
    });
    least = size === 4 ? 1n << 30n : 1n << BigInt(8 * (size - 1));
  }
  if (value < least) refuse("MALFORMED_SCALE", at, "a compact number is not in its shortest form");
  if (value > max) refuse("MALFORMED_SCALE", at, `a compact number is larger than ${max}`);
  return value;
}

/** Compact form of an unsigned integer. */
export function compact<T extends number | bigint>(of: Shape<T>): Shape<T> {
  const { definition } = of;
  const bits = definition.kind === "primitive" ? BigInt(definition.name.slice(1)) : 0n;
  const max = (1n << bits) - 1n;
  return {
    definition: { kind: "compact", of },
    write: writeCompact,
    read(reader) {
      const value = readCompact(reader, max);
      return (bits <= 32n ? Number(value) : value) as T;
    },
  };
}
