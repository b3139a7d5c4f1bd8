import { secp256k1 } from "@noble/curves/secp256k1.js";
import { expect, test } from "vitest";
import { verifySecp256k1 } from "./verify-secp256k1.ts";

const secret = new Uint8Array(32).fill(5);
const key = secp256k1.getPublicKey(secret, false);
const hash = new Uint8Array(32).fill(9);
const signature = secp256k1.sign(hash, secret, { prehash: false });

test("a signature verifies for its hash and key", () => {
  expect(verifySecp256k1(signature, hash, key)).toBe(true);
  expect(verifySecp256k1(signature, hash, secp256k1.getPublicKey(secret, true))).toBe(true);
  expect(verifySecp256k1(signature, new Uint8Array(32), key)).toBe(false);
});

test("a high s, a cut signature and what is no key are refused", () => {
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString("hex")}`);
  const high = (secp256k1.Point.Fn.ORDER - s).toString(16).padStart(64, "0");
  const flipped = Uint8Array.of(...signature.subarray(0, 32), ...Buffer.from(high, "hex"));
  expect(verifySecp256k1(flipped, hash, key)).toBe(false);
  expect(verifySecp256k1(signature.subarray(1), hash, key)).toBe(false);
  expect(verifySecp256k1(signature, hash, key.subarray(1))).toBe(false);
});
