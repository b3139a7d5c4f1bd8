import { expect, test } from "vitest";
import { isEd25519Point, publicKeyEd25519, signEd25519, verifyEd25519 } from "./ed25519.ts";

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

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));

// RFC 8032, section 7.1, test 2.
const SECRET = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
const PUBLIC = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
const SIGNATURE = hex(
  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
);

test("signatures of RFC 8032 are made and accepted", () => {
  expect(publicKeyEd25519(SECRET)).toEqual(PUBLIC);
  expect(signEd25519(hex("72"), SECRET)).toEqual(SIGNATURE);
  expect(verifyEd25519(SIGNATURE, hex("72"), PUBLIC)).toBe(true);
});

test("another message, a changed signature and a key of small order are refused", () => {
  expect(verifyEd25519(SIGNATURE, hex("73"), PUBLIC)).toBe(false);
  expect(verifyEd25519(SIGNATURE.with(0, 0), hex("72"), PUBLIC)).toBe(false);
  expect(verifyEd25519(SIGNATURE.subarray(1), hex("72"), PUBLIC)).toBe(false);
  expect(verifyEd25519(new Uint8Array(64), hex("72"), bytes(0, 1))).toBe(false);
  expect(verifyEd25519(SIGNATURE, hex("72"), bytes(0, 2))).toBe(false);
});
