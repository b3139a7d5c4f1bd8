import { keccak256, sha3_256, sha256 } from "@dragoman/crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createKernel, type KernelFunction } from "./kernel.ts";
import { KERNEL_CELLS } from "./layout.ts";

const memory = new WebAssembly.Memory({ initial: 32 });
const kernel = createKernel(memory);
const bytes = new Uint8Array(memory.buffer);
const cells = new BigUint64Array(memory.buffer);
const ARENA = 1 << 20;
const M = 1n << 256n;

const limbs = (word: bigint) =>
  [0n, 64n, 128n, 192n].map((shift) => BigInt.asIntN(64, word >> shift));

function call(name: KernelFunction, ...operands: bigint[]): bigint {
  const fn = kernel.exports[name] as (...args: bigint[]) => bigint;
  const low = BigInt.asUintN(64, fn(...operands));
  const at = KERNEL_CELLS.RESULT / 8;
  expect(cells[at]).toBe(low);
  return [0, 1, 2, 3].reduce((sum, i) => sum | (cells[at + i]! << BigInt(64 * i)), 0n);
}

const onWords = (name: KernelFunction, ...words: bigint[]) => call(name, ...words.flatMap(limbs));

/** Words of every length, and those with limbs of all zeros and all ones, where carries go wrong. */
const word = fc.oneof(
  fc.bigInt(0n, M - 1n),
  fc.tuple(fc.bigInt(0n, M - 1n), fc.integer({ min: 0, max: 255 })).map(([w, n]) => w >> BigInt(n)),
  fc
    .array(fc.constantFrom(0n, 1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n - 2n, 2n ** 32n), {
      minLength: 4,
      maxLength: 4,
    })
    .map((parts) => parts.reduce((sum, part, i) => sum | (part << BigInt(64 * i)), 0n)),
);
const signed = (w: bigint) => BigInt.asIntN(256, w);
const wrap = (w: bigint) => BigInt.asUintN(256, w);
const runs = { numRuns: 2000 };

describe("kernel words", () => {
  test("mul, div, mod, sdiv and smod equal bigint arithmetic", () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(onWords("mul", a, b)).toBe(wrap(a * b));
        expect(onWords("div", a, b)).toBe(b === 0n ? 0n : a / b);
        expect(onWords("mod", a, b)).toBe(b === 0n ? 0n : a % b);
        expect(onWords("sdiv", a, b)).toBe(b === 0n ? 0n : wrap(signed(a) / signed(b)));
        expect(onWords("smod", a, b)).toBe(b === 0n ? 0n : wrap(signed(a) % signed(b)));
      }),
      runs,
    );
  });

  test("addmod and mulmod do not wrap", () => {
    const modulus = fc.oneof(word, fc.constantFrom(M - 1n, M - 2n, 1n, 2n ** 64n));
    fc.assert(
      fc.property(word, word, modulus, (a, b, m) => {
        expect(onWords("addmod", a, b, m)).toBe(m === 0n ? 0n : (a + b) % m);
        expect(onWords("mulmod", a, b, m)).toBe(m === 0n ? 0n : (a * b) % m);
      }),
      runs,
    );
  });

  test("a quotient digit that is one too large is corrected (step D6)", () => {
    const cases: readonly [bigint, bigint][] = [
      [2n ** 255n, 2n ** 191n + 1n],
      [((2n ** 63n) << 192n) | 1n, ((2n ** 63n) << 64n) | (2n ** 64n - 1n)],
      [0x7fffffffffffffff_8000000000000000_0000000000000000_0000000000000000n, 2n ** 191n + 1n],
    ];
    for (const [a, b] of cases) {
      expect(onWords("div", a, b)).toBe(a / b);
      expect(onWords("mod", a, b)).toBe(a % b);
    }
  });

  test("exp wraps", () => {
    const power = (base: bigint, exponent: bigint) => {
      let r = 1n;
      for (let e = exponent, b = base; e > 0n; e >>= 1n, b = wrap(b * b)) {
        if (e & 1n) r = wrap(r * b);
      }
      return r;
    };
    fc.assert(
      fc.property(word, word, (a, e) => {
        expect(onWords("exp", a, e)).toBe(power(a, e));
      }),
      { numRuns: 200 },
    );
  });

  test("shifts by 256 and more leave zero, or the sign", () => {
    const amount = fc.oneof(fc.bigInt(0n, 300n), fc.bigInt(0n, 2n ** 64n - 1n));
    fc.assert(
      fc.property(amount, word, (n, a) => {
        const s = BigInt.asIntN(64, n);
        const shift = n > 256n ? 256n : n;
        expect(call("shl", s, ...limbs(a))).toBe(wrap(a << shift));
        expect(call("shr", s, ...limbs(a))).toBe(a >> shift);
        expect(call("sar", s, ...limbs(a))).toBe(wrap(signed(a) >> shift));
        const extended = n >= 31n ? a : wrap(BigInt.asIntN(Number(8n * n + 8n), a));
        expect(call("signextend", s, ...limbs(a))).toBe(extended);
      }),
      runs,
    );
  });
});

type Digest = (address: number, length: number, out: number) => void;

describe("kernel bytes", () => {
  test("keccak-256, sha-256 and sha3-256 of every length up to 600 equal noble's", () => {
    for (let length = 0; length <= 600; length += 1) {
      for (let i = 0; i < length; i++) bytes[ARENA + i] = i * 31 + length;
      const input = bytes.slice(ARENA, ARENA + length);
      kernel.keccak256(ARENA, length, ARENA + 4096);
      const expected = keccak256(input);
      expect(bytes.slice(ARENA + 4096, ARENA + 4128)).toEqual(expected);
      for (let twice = 0; twice < 2; twice++) {
        (kernel.exports.keccak as (address: number, length: number) => bigint)(ARENA, length);
        const digest = [3, 2, 1, 0].map((i) => cells[KERNEL_CELLS.RESULT / 8 + i]!);
        const hex = digest.map((limb) => limb.toString(16).padStart(16, "0")).join("");
        expect(hex).toBe(Buffer.from(expected).toString("hex"));
      }
      kernel.sha256(ARENA, length, ARENA + 4096);
      expect(bytes.slice(ARENA + 4096, ARENA + 4128)).toEqual(sha256(input));
      (kernel.exports.sha3 as Digest)(ARENA, length, ARENA + 4096);
      expect(bytes.slice(ARENA + 4096, ARENA + 4128)).toEqual(sha3_256(input));
    }
  });

  test("a kernel that remembers no digests gives the same ones and leaves the table empty", () => {
    const forgetful = new WebAssembly.Memory({ initial: 32 });
    const { exports } = createKernel(forgetful, false);
    const [here, there] = [new Uint8Array(forgetful.buffer), bytes];
    const words = new BigUint64Array(forgetful.buffer);
    for (const length of [0, 63, 64, 65, 200]) {
      for (let i = 0; i < length; i++) there[ARENA + i] = here[ARENA + i] = i * 7 + length;
      const keccak = exports.keccak as (address: number, length: number) => bigint;
      keccak(ARENA, length);
      const hex = [3, 2, 1, 0].map((i) =>
        words[KERNEL_CELLS.RESULT / 8 + i]!.toString(16).padStart(16, "0"),
      );
      const input = here.slice(ARENA, ARENA + length);
      expect(hex.join("")).toBe(Buffer.from(keccak256(input)).toString("hex"));
    }
    expect(here.subarray(1 << 16, (1 << 16) + 4096 * 128).every((byte) => byte === 0)).toBe(true);
  });

  test("compare orders bytes", () => {
    const some = fc.uint8Array({ minLength: 0, maxLength: 40 });
    fc.assert(
      fc.property(some, some, (a, b) => {
        const length = Math.min(a.length, b.length);
        bytes.set(a, ARENA);
        bytes.set(b, ARENA + 101);
        const order = Buffer.compare(a.subarray(0, length), b.subarray(0, length));
        expect(kernel.compare(ARENA, ARENA + 101, length)).toBe(order);
        expect(kernel.compare(ARENA, ARENA, length)).toBe(0);
      }),
    );
  });
});
