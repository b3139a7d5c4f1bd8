import { decodeHex, encodeHex } from "@dragoman/bytes";
import { assert, refuse } from "@dragoman/fault";
import { GraphQLScalarType, Kind } from "graphql";
import { refusable } from "./refusable.ts";

/**
 * `Bytes`: `0x` and hex digits. Faults: MALFORMED_HEX and HEX_LENGTH_MISMATCH at the character of the text, INVALID_ARGUMENT for
 * what is no text.
 */
export const BytesScalar = new GraphQLScalarType<Uint8Array, string>({
  name: "Bytes",
  serialize(value) {
    assert(value instanceof Uint8Array, "a resolver of Bytes gives a Uint8Array");
    return encodeHex(value);
  },
  parseValue: (value) => refusable(() => readBytes(value)),
  parseLiteral: (node) =>
    refusable(() => {
      if (node.kind === Kind.STRING) return readBytes(node.value);
      refuse("INVALID_ARGUMENT", undefined, `Bytes is a string like "0x2a", not ${node.kind}`);
    }, node),
});

function readBytes(value: unknown): Uint8Array {
  if (typeof value !== "string") {
    const found = value === null ? "null" : typeof value;
    refuse("INVALID_ARGUMENT", undefined, `Bytes is a string like "0x2a", not a value of ${found}`);
  }
  if (!value.startsWith("0x")) refuse("MALFORMED_HEX", 0, "Bytes begins with 0x");
  return decodeHex(value);
}
