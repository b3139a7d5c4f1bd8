import { expect, test } from "vitest";
import { publicKeyEd25519, signEd25519 } from "./ed25519.ts";
import { bitsOf, isMultiEd25519Key, verifyMultiEd25519 } from "./multi-ed25519.ts";

const secrets = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));
const message = new TextEncoder().encode("two of three");
const key = Uint8Array.of(...secrets.flatMap((secret) => [...publicKeyEd25519(secret)]), 2);

/** Signatures of the parts with these numbers. */
function sign(signers: readonly number[], bitmap: readonly number[]): Uint8Array {
  const parts = signers.map((signer) => [...signEd25519(message, secrets[signer] as Uint8Array)]);
  return Uint8Array.of(...parts.flat(), ...bitmap);
}

test("two of three verify, one does not", () => {
  expect(isMultiEd25519Key(key)).toBe(true);
  expect(verifyMultiEd25519(sign([0, 2], [0xa0, 0, 0, 0]), message, key)).toBe(true);
  expect(verifyMultiEd25519(sign([0, 1, 2], [0xe0, 0, 0, 0]), message, key)).toBe(true);
  expect(verifyMultiEd25519(sign([0], [0x80, 0, 0, 0]), message, key)).toBe(false);
});

test("the bitmap must name who signed, and no more", () => {
  expect(verifyMultiEd25519(sign([0, 2], [0xc0, 0, 0, 0]), message, key)).toBe(false);
  expect(verifyMultiEd25519(sign([0, 2], [0xe0, 0, 0, 0]), message, key)).toBe(false);
  expect(verifyMultiEd25519(sign([0, 2], [0x80, 0, 0, 1]), message, key)).toBe(false);
  expect(verifyMultiEd25519(sign([0, 2], [0xa0, 0, 0]), message, key)).toBe(false);
  expect(verifyMultiEd25519(new Uint8Array(), message, key)).toBe(false);
  expect(bitsOf(Uint8Array.of(0x81, 0x40))).toEqual([0, 7, 9]);
});

test("a key of no parts, of a part that is no point, or with a threshold out of range is none", () => {
  const broken = key.slice();
  broken.set([2, ...new Uint8Array(31)], 0);
  const small = key.slice();
  small.fill(0, 0, 32);
  for (const bytes of [Uint8Array.of(1), key.subarray(0, 96), broken, small]) {
    expect(isMultiEd25519Key(bytes)).toBe(false);
  }
  for (const threshold of [0, 4]) {
    expect(isMultiEd25519Key(Uint8Array.of(...key.subarray(0, 96), threshold))).toBe(false);
  }
});
