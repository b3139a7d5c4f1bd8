import { refuse } from "@dragoman/fault";
import { readCompact, U8, writeCompact } from "./numbers.ts";
import type { AnyShape, Shape, Value } from "./shape.ts";

const LENGTH_MAX = 0xffff_ffffn;

/** `Vec<u8>`. */
export const BYTES: Shape<Uint8Array> = {
  definition: { kind: "sequence", of: U8 },
  write(writer, value) {
    writeCompact(writer, value.length);
    writer.bytes(value);
  },
  read: (reader) => reader.take(Number(readCompact(reader, LENGTH_MAX))).slice(),
};

/** A text, UTF-8. */
export const TEXT: Shape<string> = {
  definition: { kind: "primitive", name: "str" },
  write: (writer, value) => BYTES.write(writer, new TextEncoder().encode(value)),
  read: (reader) => reader.utf8(Number(readCompact(reader, LENGTH_MAX))),
};

/** `[u8; length]`. */
export function byteArray(length: number): Shape<Uint8Array> {
  return {
    definition: { kind: "array", length, of: U8 },
    write: (writer, value) => writer.bytes(exactly(value, length)),
    read: (reader) => reader.take(length).slice(),
  };
}

function exactly(value: Uint8Array, length: number): Uint8Array {
  if (value.length === length) return value;
  return refuse("MALFORMED_SCALE", undefined, `${value.length} bytes where ${length} belong`);
}

/** `Vec<T>`; every element has at least one byte. */
export function sequence<T>(of: Shape<T>): Shape<readonly T[]> {
  return {
    definition: { kind: "sequence", of },
    write(writer, value) {
      writeCompact(writer, value.length);
      for (const item of value) of.write(writer, item);
    },
    read(reader) {
      const { at } = reader;
      const count = Number(readCompact(reader, LENGTH_MAX));
      if (count > reader.remaining) {
        refuse("MALFORMED_SCALE", at, `${count} elements in ${reader.remaining} bytes`);
      }
      return Array.from({ length: count }, () => of.read(reader));
    },
  };
}

export function tuple<const S extends readonly AnyShape[]>(
  ...of: S
): Shape<{ readonly [K in keyof S]: Value<S[K]> }> {
  return {
    definition: { kind: "tuple", of },
    write(writer, value) {
      of.forEach((shape, i) => {
        shape.write(writer, value[i]);
      });
    },
    read: (reader) =>
      of.map((shape) => shape.read(reader)) as { readonly [K in keyof S]: Value<S[K]> },
  };
}

/** `()`. */
export const UNIT = tuple();
