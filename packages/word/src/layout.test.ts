import * as word from "@dragoman/word";
import fc from "fast-check";
import { expect, test } from "vitest";

const { fromBytesBE, fromBytesLE, loadU128, loadU256, storeU128, storeU256 } = word;
const { toBytesBE, toBytesLE } = word;

test("big-endian bytes begin with the most significant one", () => {
  expect(toBytesBE(0x010203n, 4)).toEqual(Uint8Array.from([0, 1, 2, 3]));
  expect(fromBytesBE(Uint8Array.from([1, 2, 3]))).toBe(0x010203n);
  expect(fromBytesBE(new Uint8Array(0))).toBe(0n);
});

test("higher bytes than asked for are dropped", () => {
  expect(toBytesBE(0x010203n, 2)).toEqual(Uint8Array.from([2, 3]));
  expect(toBytesLE(0x010203n, 2)).toEqual(Uint8Array.from([3, 2]));
});

test("bytes of any length convert to the integer that their hex digits spell", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
      const value = BigInt(`0x0${digits}`);
      expect(fromBytesBE(bytes)).toBe(value);
      expect(fromBytesLE(bytes.slice().reverse())).toBe(value);
      expect(toBytesBE(value, bytes.length)).toEqual(bytes);
      expect(toBytesLE(value, bytes.length)).toEqual(bytes.slice().reverse());
    }),
  );
});

test("words in memory are little-endian and need no alignment", () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 256n - 1n), fc.nat(9), (value, address) => {
      const bytes = new Uint8Array(48);
      const view = new DataView(bytes.buffer);
      storeU256(view, address, value);
      expect(bytes.slice(address, address + 32)).toEqual(toBytesLE(value, 32));
      expect(loadU256(view, address)).toBe(value);
      expect(loadU128(view, address)).toBe(BigInt.asUintN(128, value));
      storeU128(view, address + 16, value);
      expect(loadU256(view, address)).toBe(BigInt.asUintN(128, value) * (2n ** 128n + 1n));
    }),
  );
});
