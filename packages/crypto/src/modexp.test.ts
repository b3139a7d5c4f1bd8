import { modexp } from "@dragoman/crypto";
import fc from "fast-check";
import { expect, test } from "vitest";

test("a modulus of 0 or 1 gives 0", () => {
  expect([modexp(3n, 4n, 0n), modexp(3n, 4n, 1n), modexp(0n, 0n, 1n)]).toEqual([0n, 0n, 0n]);
});

test("anything to the power of 0 is 1", () => {
  expect([modexp(0n, 0n, 7n), modexp(7n, 0n, 7n)]).toEqual([1n, 1n]);
});

// EIP-198: 3 ^ (2^256 - 2^32 - 978) mod (2^256 - 2^32 - 977) is 1, by Fermat's little theorem.
test("Fermat's little theorem holds for the field of secp256k1", () => {
  const prime = 2n ** 256n - 2n ** 32n - 977n;
  expect(modexp(3n, prime - 1n, prime)).toBe(1n);
});

test("modexp is repeated multiplication", () => {
  const value = fc.bigInt(0n, 2n ** 80n);
  fc.assert(
    fc.property(value, fc.nat(300), value, (base, exponent, modulus) => {
      fc.pre(modulus > 1n);
      let product = 1n;
      for (let count = 0; count < exponent; count++) product = (product * base) % modulus;
      expect(modexp(base, BigInt(exponent), modulus)).toBe(product);
    }),
  );
});

test("powers of a sum are products of powers, whatever the window", () => {
  const exponent = fc.nat(1500).chain((bits) => fc.bigInt(0n, 2n ** BigInt(bits)));
  const value = fc.bigInt(0n, 2n ** 256n);
  fc.assert(
    fc.property(value, exponent, exponent, value, (base, one, other, modulus) => {
      fc.pre(modulus > 1n);
      const product = (modexp(base, one, modulus) * modexp(base, other, modulus)) % modulus;
      expect(modexp(base, one + other, modulus)).toBe(product);
    }),
  );
});
