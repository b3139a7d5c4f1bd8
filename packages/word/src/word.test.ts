import * as word from "@dragoman/word";
import fc from "fast-check";
import { expect, test } from "vitest";

const { addmod, byteAt, clz, div, exp, fits, maxOf, mod, mulmod, sar, sdiv, shl, shr } = word;
const { signextend, smod, toSigned, wrap } = word;

const MAX = 2n ** 256n - 1n;
const MIN = 2n ** 255n;
const minus = (value: bigint) => wrap(-value, 256);

/** Words of 256 bits, small ones and ones near powers of two more often than chance has them. */
const word256 = fc.oneof(
  fc.bigInt(0n, MAX),
  fc.bigInt(0n, 300n),
  fc
    .tuple(fc.nat(255), fc.bigInt(-2n, 2n))
    .map(([bit, near]) => wrap((1n << BigInt(bit)) + near, 256)),
);

test("wrap, toSigned, maxOf and fits agree on where a word ends", () => {
  expect(wrap(-1n, 256)).toBe(MAX);
  expect(wrap(2n ** 64n, 64)).toBe(0n);
  expect(toSigned(MAX, 256)).toBe(-1n);
  expect(toSigned(0x80n, 8)).toBe(-128n);
  expect(maxOf(8)).toBe(255n);
  expect([fits(255n, 8), fits(256n, 8), fits(-1n, 8)]).toEqual([true, false, false]);
});

test("division by 0 gives 0", () => {
  for (const divide of [div, mod, sdiv, smod]) expect(divide(7n, 0n, 256)).toBe(0n);
  expect(addmod(5n, 6n, 0n)).toBe(0n);
  expect(mulmod(5n, 6n, 0n)).toBe(0n);
});

test("signed division truncates towards 0", () => {
  expect(sdiv(minus(7n), 2n, 256)).toBe(minus(3n));
  expect(sdiv(7n, minus(2n), 256)).toBe(minus(3n));
  expect(sdiv(minus(7n), minus(2n), 256)).toBe(3n);
});

test("the smallest number divided by -1 is itself", () => {
  expect(sdiv(MIN, MAX, 256)).toBe(MIN);
  expect(smod(MIN, MAX, 256)).toBe(0n);
});

test("a signed remainder has the sign of the dividend", () => {
  expect(smod(minus(8n), 3n, 256)).toBe(minus(2n));
  expect(smod(8n, minus(3n), 256)).toBe(2n);
});

test("addmod and mulmod do not wrap before they reduce", () => {
  expect(addmod(MAX, 2n, 2n)).toBe(1n);
  expect(addmod(MAX, 2n, MAX)).toBe(2n);
  expect(mulmod(MAX, MAX, 12n)).toBe(9n);
});

test("exp wraps, and 0 to the power of 0 is 1", () => {
  expect(exp(0n, 0n, 256)).toBe(1n);
  expect(exp(2n, 256n, 256)).toBe(0n);
  expect(exp(3n, 5n, 256)).toBe(243n);
  expect(exp(MAX, MAX, 256)).toBe(MAX);
  expect(exp(3n, 6n, 8)).toBe(217n);
});

test("shifts by the width and more shift everything out", () => {
  expect([shl(1n, 255n, 256), shl(1n, 256n, 256), shl(1n, MAX, 256)]).toEqual([MIN, 0n, 0n]);
  expect([shr(MIN, 255n, 256), shr(MAX, 256n, 256), shr(MAX, MAX, 256)]).toEqual([1n, 0n, 0n]);
  expect([sar(MIN, 255n, 256), sar(MIN, MAX, 256), sar(MIN - 1n, MAX, 256)]).toEqual([
    MAX,
    MAX,
    0n,
  ]);
});

test("byte 0 is the most significant", () => {
  expect(byteAt(0xabn << 248n, 0n, 256)).toBe(0xabn);
  expect(byteAt(0xcdn, 31n, 256)).toBe(0xcdn);
  expect(byteAt(MAX, 32n, 256)).toBe(0n);
  expect(byteAt(0x1234n, 0n, 16)).toBe(0x12n);
});

test("signextend copies the sign bit of byte k upwards", () => {
  expect(signextend(0xffn, 0n, 256)).toBe(MAX);
  expect(signextend(0x7fn, 0n, 256)).toBe(0x7fn);
  expect(signextend(0xff7fn, 0n, 256)).toBe(0x7fn);
  expect(signextend(0x8000n, 1n, 256)).toBe(minus(0x8000n));
  expect(signextend(MIN, 31n, 256)).toBe(MIN);
  expect(signextend(0x80n, MAX, 256)).toBe(0x80n);
});

test("clz counts the zeros before the first one", () => {
  expect([clz(0n, 256), clz(1n, 256), clz(MAX, 256), clz(MIN >> 3n, 256)]).toEqual([
    256, 255, 0, 3,
  ]);
  expect(clz(1n, 8)).toBe(7);
});

test("clz is the width less the length in binary", () => {
  fc.assert(
    fc.property(word256, (value) => {
      expect(clz(value, 256)).toBe(256 - (value === 0n ? 0 : value.toString(2).length));
    }),
  );
});

test("quotient and remainder make up the dividend", () => {
  fc.assert(
    fc.property(word256, word256, (a, b) => {
      fc.pre(b !== 0n);
      expect(div(a, b) * b + mod(a, b)).toBe(a);
      expect(wrap(sdiv(a, b, 256) * b + smod(a, b, 256), 256)).toBe(a);
    }),
  );
});

test("a left shift multiplies, a right shift divides, an arithmetic one rounds down", () => {
  fc.assert(
    fc.property(word256, fc.bigInt(0n, 255n), (value, amount) => {
      const power = 2n ** amount;
      expect(shl(value, amount, 256)).toBe((value * power) % 2n ** 256n);
      expect(shr(value, amount, 256)).toBe(value / power);
      const signed = toSigned(value, 256);
      const floor = (signed - (((signed % power) + power) % power)) / power;
      expect(toSigned(sar(value, amount, 256), 256)).toBe(floor);
    }),
  );
});

test("exp is repeated multiplication", () => {
  fc.assert(
    fc.property(word256, fc.integer({ min: 0, max: 60 }), (base, exponent) => {
      let product = 1n;
      for (let count = 0; count < exponent; count++) product = (product * base) % 2n ** 256n;
      expect(exp(base, BigInt(exponent), 256)).toBe(product);
    }),
  );
});
