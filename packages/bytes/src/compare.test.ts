import { compareBytes, concatBytes, encodeHex, equalBytes } from "@dragoman/bytes";
import fc from "fast-check";
import { expect, test } from "vitest";

const short = fc.uint8Array({ maxLength: 4, max: 3 });

test("the order of bytes is that of their hex text", () => {
  fc.assert(
    fc.property(short, short, (a, b) => {
      const [x, y] = [encodeHex(a), encodeHex(b)];
      expect(Math.sign(compareBytes(a, b))).toBe(x < y ? -1 : x > y ? 1 : 0);
      expect(equalBytes(a, b)).toBe(x === y);
    }),
  );
});

test("concatenation keeps every part in order", () => {
  const parts = [Uint8Array.from([1]), new Uint8Array(0), Uint8Array.from([2, 3])];
  expect(concatBytes(...parts)).toEqual(Uint8Array.from([1, 2, 3]));
});
