import { decodeHex } from "@dragoman/bytes";
import { expect, test } from "vitest";
import { isEd25519Point, verifyEd25519 } from "./ed25519.ts";

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

// RFC 8032, section 7.1, TEST 2.
const PUBLIC_KEY = decodeHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
const SIGNATURE = decodeHex(
  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
);
/** Order of the group: S and S + L satisfy the same equation. */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

test("the signature of RFC 8032's second test is valid for its message alone", () => {
  expect(verifyEd25519(SIGNATURE, Uint8Array.of(0x72), PUBLIC_KEY)).toBe(true);
  expect(verifyEd25519(SIGNATURE, Uint8Array.of(0x73), PUBLIC_KEY)).toBe(false);
});

test("a signature whose S is not reduced is refused, and so is one of another size", () => {
  let s = ORDER;
  for (let i = 0; i < 32; i++) s += BigInt(SIGNATURE[32 + i] as number) << BigInt(8 * i);
  const altered = SIGNATURE.slice();
  for (let i = 0; i < 32; i++) altered[32 + i] = Number((s >> BigInt(8 * i)) & 0xffn);
  expect(verifyEd25519(altered, Uint8Array.of(0x72), PUBLIC_KEY)).toBe(false);
  expect(verifyEd25519(SIGNATURE.subarray(1), Uint8Array.of(0x72), PUBLIC_KEY)).toBe(false);
});
