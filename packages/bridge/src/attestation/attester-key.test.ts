import { decodeHex, encodeHex } from "@dragoman/bytes";
import { keccak256 } from "@dragoman/crypto";
import { FaultError } from "@dragoman/fault";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { attesterKey, isAttested, recoverAttester } from "./attester-key.ts";

const keyOf = (n: number) => attesterKey(decodeHex(n.toString(16).padStart(64, "0")));
const digest = keccak256(new Uint8Array([1, 2, 3]));

test("addresses of the secrets 1 and 2 are those that every Ethereum wallet shows", () => {
  expect(keyOf(1).address).toBe("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf");
  expect(keyOf(2).address).toBe("0x2b5ad5c4795c026514f8317c7a215e218dccd6cf");
});

test("a signature has 65 bytes, a low s, v of 0 or 1, and leads back to the address", () => {
  const secret = fc.bigInt({ min: 1n, max: secp256k1.Point.Fn.ORDER - 1n });
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(secret, hash, (number, message) => {
      const key = attesterKey(decodeHex(number.toString(16).padStart(64, "0")));
      const signature = key.sign(message);
      expect(signature).toHaveLength(65);
      expect(signature[64]).toBeLessThanOrEqual(1);
      const s = BigInt(encodeHex(signature.subarray(32, 64)));
      expect(s).toBeLessThanOrEqual(secp256k1.Point.Fn.ORDER / 2n);
      expect(recoverAttester(message, signature)).toBe(key.address);
    }),
    { numRuns: 20 },
  );
});

test("a signature with a high s is the same key's; one of another length or v is of nobody", () => {
  const signature = keyOf(1).sign(digest);
  const s = BigInt(encodeHex(signature.subarray(32, 64)));
  const high = (secp256k1.Point.Fn.ORDER - s).toString(16).padStart(64, "0");
  const flipped = Uint8Array.of(
    ...signature.subarray(0, 32),
    ...decodeHex(high),
    1 - signature[64]!,
  );
  expect(recoverAttester(digest, flipped)).toBe(keyOf(1).address);
  expect(recoverAttester(digest, signature.subarray(0, 64))).toBeUndefined();
  expect(recoverAttester(digest, signature.with(64, 27))).toBeUndefined();
});

test("attested is what enough attesters signed in ascending order, each once", () => {
  const keys = [1, 2, 3].map(keyOf).sort((a, b) => (a.address < b.address ? -1 : 1));
  const known = new Set(keys.map(({ address }) => address));
  const [a, b, c] = keys.map((key) => key.sign(digest));
  expect(isAttested(digest, [a!, b!], known, 2)).toBe(true);
  expect(isAttested(digest, [a!, c!], known, 2)).toBe(true);
  expect(isAttested(digest, [b!, a!], known, 2)).toBe(false);
  expect(isAttested(digest, [a!, a!], known, 2)).toBe(false);
  expect(isAttested(digest, [a!], known, 2)).toBe(false);
  expect(isAttested(digest, [a!, keyOf(9).sign(digest)], known, 2)).toBe(false);
});

test("a secret of 0 or of another length is refused", () => {
  expect(() => attesterKey(new Uint8Array(32))).toThrow(FaultError);
  expect(() => attesterKey(new Uint8Array(31).fill(1))).toThrow(FaultError);
});
