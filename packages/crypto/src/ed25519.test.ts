import { expect, test } from "vitest";
import { isEd25519Point } from "./ed25519.ts";

const bytes = (last: number, first: number): Uint8Array => {
  const point = new Uint8Array(32);
  point[0] = first;
  point[31] = last;
  return point;
};

test("y = 1 is the neutral element, with either sign of x = 0", () => {
  expect(isEd25519Point(bytes(0, 1))).toBe(true);
  expect(isEd25519Point(bytes(0x80, 1))).toBe(true);
});

test("y = 2 is on no point", () => {
  expect(isEd25519Point(bytes(0, 2))).toBe(false);
});
