import { blake2b512, keccak256, ripemd160, sha3_256, sha256 } from "@dragoman/crypto";
import { blake2b } from "@noble/hashes/blake2.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { sha3_256 as nobleSha3 } from "@noble/hashes/sha3.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { nativeHash } from "./native-hash.ts";

const hex = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const abc = new TextEncoder().encode("abc");

test("hashes of abc are those of their specifications", () => {
  expect(hex(sha256(abc))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(hex(sha3_256(abc))).toBe(
    "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
  );
  expect(hex(keccak256(abc))).toBe(
    "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
  );
  expect(hex(ripemd160(abc))).toBe("8eb208f7e05d987a9b044a8e98c6b087f15a0bfc");
});

test("Keccak-256 of nothing is the code hash of an empty account", () => {
  expect(hex(keccak256(new Uint8Array(0)))).toBe(
    "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
  );
});

test("Node's hashes are noble's", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
      expect(sha256(data)).toEqual(nobleSha256(data));
      expect(sha3_256(data)).toEqual(nobleSha3(data));
      expect(blake2b512(data)).toEqual(blake2b(data));
    }),
  );
});

test("a hash that OpenSSL does not know is the portable one", () => {
  expect(nativeHash("no such hash", () => abc)(new Uint8Array())).toBe(abc);
});
