import { keccak256, recoverSecp256k1 } from "@dragoman/crypto";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { recoverPortably } from "./secp256k1.ts";

const ORDER = secp256k1.Point.Fn.ORDER;

// go-ethereum's first ecrecover vector.
test("the address that signed is recovered", () => {
  const hash = Buffer.from(
    "18c547e4f7b0f325ad1e56f57e26c745b09a3e503d86e00e5255ff7f715d3d1c",
    "hex",
  );
  const r = 0x73b1693892219d736caba55bdb67216e485557ea6b6af75f37096c9aa6a5a75fn;
  const s = 0xeeb940b1d03b21e36b0e47e79769f095fe2ab855bd91e3a38756b7d75a9c4549n;
  const key = recoverSecp256k1(hash, r, s, 1);
  expect(key?.length).toBe(64);
  const address = Buffer.from(keccak256(key as Uint8Array)).toString("hex", 12);
  expect(address).toBe("a94f5374fce5edbc8e2a8697c15331677e6ebf0b");
});

test("r and s outside (0, n) recover nothing", () => {
  const hash = new Uint8Array(32).fill(1);
  for (const bad of [0n, ORDER, 2n ** 256n - 1n]) {
    expect(recoverSecp256k1(hash, bad, 1n, 0)).toBeUndefined();
    expect(recoverSecp256k1(hash, 1n, bad, 0)).toBeUndefined();
  }
});

test("an x without a point recovers nothing", () => {
  // 5^3 + 7 is no square modulo p.
  expect(recoverSecp256k1(new Uint8Array(32).fill(1), 5n, 1n, 0)).toBeUndefined();
});

test("a key that signed is recovered, with a low and with a high s", () => {
  const word = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(word, word, (seed, hash) => {
      const { secretKey, publicKey } = secp256k1.keygen(
        Uint8Array.from([...seed, ...seed.subarray(16)]),
      );
      const bytes = secp256k1.sign(hash, secretKey, { prehash: false, format: "recovered" });
      const { r, s, recovery } = secp256k1.Signature.fromBytes(bytes, "recovered");
      const key = secp256k1.Point.fromBytes(publicKey).toBytes(false).subarray(1);
      expect(recoverSecp256k1(hash, r, s, recovery as number)).toEqual(key);
      expect(recoverSecp256k1(hash, r, ORDER - s, (recovery as number) ^ 1)).toEqual(key);
    }),
    { numRuns: 20 },
  );
});

test("native code and bigints recover the same from any numbers", () => {
  const number = fc.oneof(
    fc.bigInt({ min: 1n, max: ORDER - 1n }),
    // r + n is below the prime for so few r that a second bit in the recovery number means something.
    fc.bigInt({ min: 1n, max: 1n << 128n }),
    fc.constantFrom(1n, ORDER - 1n),
  );
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(hash, number, number, fc.integer({ min: 0, max: 3 }), (bytes, r, s, recovery) => {
      const key = recoverPortably(bytes, r, s, recovery);
      expect(recoverSecp256k1(bytes, r, s, recovery)).toEqual(key);
    }),
    { numRuns: 60 },
  );
});
