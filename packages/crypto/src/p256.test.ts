import { p256 } from "@noble/curves/nist.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { verifyP256, verifyPortably } from "./p256.ts";

const { Fn, Fp, BASE } = p256.Point;
const word = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });
const secret = fc.bigInt({ min: 1n, max: Fn.ORDER - 1n });

/** Signs with a nonce as FIPS 186-5, 6.4.1, says. */
function sign(hash: bigint, key: bigint, nonce: bigint): readonly [r: bigint, s: bigint] {
  const r = Fn.create(BASE.multiply(nonce).toAffine().x);
  return [r, Fn.div(Fn.add(Fn.create(hash), Fn.mul(r, key)), nonce)];
}

test("what a key signed verifies with a low and a high s, and nothing else does", () => {
  fc.assert(
    fc.property(word, secret, secret, (hash, key, nonce) => {
      const [r, s] = sign(hash, key, nonce);
      const { x, y } = BASE.multiply(key).toAffine();
      for (const verify of [verifyP256, verifyPortably]) {
        expect(verify(hash, r, s, x, y)).toBe(true);
        expect(verify(hash, r, Fn.ORDER - s, x, y)).toBe(true);
        expect(verify(hash ^ 1n, r, s, x, y)).toBe(false);
        expect(verify(hash, r, s, x, Fp.neg(y))).toBe(false);
      }
    }),
    { numRuns: 10 },
  );
});

test("native code and bigints agree where sums double, cancel or need no generator", () => {
  const { x, y } = BASE.toAffine();
  const negative = Fp.neg(y);
  // With the key G and e = r the sum is 2 G; with -G it is infinity; with e = 0 it is the key.
  const { x: double } = BASE.double().toAffine();
  const r = Fn.create(double);
  const cases: readonly (readonly [bigint, bigint, bigint, bigint, bigint])[] = [
    [r, r, 1n, x, y],
    [r, r, r, x, y],
    [r, r, r, x, negative],
    [0n, Fn.create(x), Fn.create(x), x, y],
    [Fn.ORDER, Fn.create(x), Fn.create(x), x, negative],
    [2n ** 256n - 1n, 1n, 1n, x, y],
  ];
  const answers = cases.map((args) => verifyPortably(...args));
  expect(cases.map((args) => verifyP256(...args))).toEqual(answers);
  expect(answers).toEqual([false, true, false, true, true, false]);
});

test("r and s out of range and keys that are no points verify nothing", () => {
  const { x, y } = BASE.toAffine();
  const [r, s] = sign(7n, 1n, 5n);
  expect(verifyP256(7n, r, s, x, y)).toBe(true);
  for (const bad of [0n, Fn.ORDER, r + Fn.ORDER]) {
    expect(verifyP256(7n, bad, s, x, y)).toBe(false);
    expect(verifyP256(7n, r, bad, x, y)).toBe(false);
  }
  for (const [badX, badY] of [
    [0n, 0n],
    [x + Fp.ORDER, y],
    [x, y + Fp.ORDER],
    [x, y + 1n],
  ] as const) {
    expect(verifyP256(7n, r, s, badX, badY)).toBe(false);
  }
});
