import {
  decodeBase58,
  decodeBase64,
  decodeHex,
  encodeBase58,
  encodeBase64,
  encodeHex,
} from "@dragoman/bytes";
import fc from "fast-check";
import { expect, test } from "vitest";

test("hex is lower-case with a prefix; either case and no prefix are read", () => {
  expect(encodeHex(Uint8Array.from([0, 0xab, 255]))).toBe("0x00abff");
  expect(decodeHex("0x00aBFf")).toEqual(Uint8Array.from([0, 0xab, 255]));
  expect(decodeHex("00abff")).toEqual(Uint8Array.from([0, 0xab, 255]));
  expect(decodeHex("0x")).toEqual(new Uint8Array(0));
});

test("a bad hex digit is named with its place in the text", () => {
  expect(() => decodeHex("0x12zz")).toThrow('MALFORMED_HEX at 4: "z" is no hex digit');
  expect(() => decodeHex("1€")).toThrow('MALFORMED_HEX at 1: "€" is no hex digit');
  expect(() => decodeHex("0x123")).toThrow(
    "HEX_LENGTH_MISMATCH at 5: 3 hex digits are no whole bytes",
  );
});

test("hex of any bytes decodes to them", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decodeHex(encodeHex(bytes))).toEqual(bytes);
    }),
  );
});

// Vectors of draft-msporny-base58-03, section 5, and two Solana program ids.
test.each([
  ["Hello World!", "2NEpo7TZRRrLZSi2U"],
  [
    "The quick brown fox jumps over the lazy dog.",
    "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
  ],
])("base58 of %j", (text, encoded) => {
  const bytes = new TextEncoder().encode(text);
  expect(encodeBase58(bytes)).toBe(encoded);
  expect(decodeBase58(encoded)).toEqual(bytes);
});

test("base58 keeps leading zeros as ones", () => {
  expect(encodeBase58(Uint8Array.from([0, 0, 0x28, 0x7f, 0xb4, 0xcd]))).toBe("11233QC4");
  expect(encodeBase58(new Uint8Array(32))).toBe("1".repeat(32));
});

test("a bad base58 digit is named with its place; overlong text is refused", () => {
  expect(() => decodeBase58("1l0")).toThrow('MALFORMED_BASE58 at 1: "l" is no base58 digit');
  expect(() => decodeBase58("2".repeat(4097))).toThrow("BASE58_LENGTH_EXCEEDED at 4096");
});

test("base58 of any bytes decodes to them", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decodeBase58(encodeBase58(bytes))).toEqual(bytes);
    }),
  );
});

// Vectors of RFC 4648, section 10.
test.each([
  ["", ""],
  ["f", "Zg=="],
  ["fo", "Zm8="],
  ["foo", "Zm9v"],
  ["foobar", "Zm9vYmFy"],
])("base64 of %j is %j", (text, base64) => {
  const bytes = new TextEncoder().encode(text);
  expect(encodeBase64(bytes)).toBe(base64);
  expect(decodeBase64(base64)).toEqual(bytes);
});

test("base64 of more bytes than one call takes is that of Node", () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, at) => at * 7);
  expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
  expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
});
