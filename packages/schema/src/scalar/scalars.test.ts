import { encodeHex } from "@dragoman/bytes";
import fc from "fast-check";
import { GraphQLError, parseValue } from "graphql";
import { expect, test } from "vitest";
import { BigIntScalar } from "./big-int.ts";
import { BytesScalar } from "./bytes.ts";
import { JsonScalar } from "./json.ts";

function refusal(read: () => unknown): Record<string, unknown> {
  try {
    read();
  } catch (error) {
    if (error instanceof GraphQLError) return { ...error.extensions };
    throw error;
  }
  throw new Error("the value was accepted");
}

test("bytes come back as they were written", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const text = BytesScalar.serialize(bytes);
      expect(text).toBe(encodeHex(bytes));
      expect(BytesScalar.parseValue(text)).toEqual(bytes);
      expect(BytesScalar.parseLiteral(parseValue(JSON.stringify(text)))).toEqual(bytes);
    }),
  );
});

test.each([
  ["12", { code: "MALFORMED_HEX", number: 1006, at: 0 }],
  ["0x1g", { code: "MALFORMED_HEX", number: 1006, at: 3 }],
  ["0x123", { code: "HEX_LENGTH_MISMATCH", number: 1005, at: 5, context: { digits: 3 } }],
  [12, { code: "INVALID_ARGUMENT", number: 6001 }],
  [null, { code: "INVALID_ARGUMENT", number: 6001 }],
])("bytes %j are refused with code and place", (value, extensions) => {
  expect(refusal(() => BytesScalar.parseValue(value))).toEqual(extensions);
});

test("integers of any size are exact", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(1n << 256n), max: 1n << 256n }), (value) => {
      expect(BigIntScalar.serialize(value)).toBe(value.toString());
      expect(BigIntScalar.parseValue(value.toString())).toBe(value);
      expect(BigIntScalar.parseLiteral(parseValue(value.toString()))).toBe(value);
    }),
  );
});

test("an integer may be a hex string or a small JSON number", () => {
  expect(BigIntScalar.parseValue("0xff")).toBe(255n);
  expect(BigIntScalar.parseValue(-7)).toBe(-7n);
});

test.each([
  [2 ** 53, "VALUE_OUT_OF_RANGE"],
  ["9".repeat(161), "VALUE_OUT_OF_RANGE"],
  [1.5, "INVALID_ARGUMENT"],
  ["1e3", "INVALID_ARGUMENT"],
  ["", "INVALID_ARGUMENT"],
  [{}, "INVALID_ARGUMENT"],
])("the integer %j is refused as %s", (value, code) => {
  expect(refusal(() => BigIntScalar.parseValue(value)).code).toBe(code);
});

test("JSON literals are read as they stand, large integers as text", () => {
  const node = parseValue(
    '{ a: [1, -2, "x", true, null, 115792089237316195423570985008687907853] }',
  );
  expect(JsonScalar.parseLiteral(node)).toEqual({
    a: [1, -2, "x", true, null, "115792089237316195423570985008687907853"],
  });
});

test("JSON literals may hold variables", () => {
  expect(JsonScalar.parseLiteral(parseValue("[$x, 2]"), { x: "0x01" })).toEqual(["0x01", 2]);
});

test("bigints inside JSON become decimal text", () => {
  expect(JsonScalar.serialize({ a: [1n, { b: 2n ** 200n }], c: null })).toEqual({
    a: ["1", { b: (2n ** 200n).toString() }],
    c: null,
  });
});
