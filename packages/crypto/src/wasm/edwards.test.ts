import { createHash } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { verifyEd25519, verifyPortably } from "../ed25519.ts";
import { Edwards, KEY_TABLES_MAX } from "./edwards.ts";
import { EDWARDS_BASE64, EDWARDS_SOURCE_HASH } from "./edwards-binary.ts";

interface Build {
  sources(): Map<string, string>;
  sourceHash(sources: Map<string, string>): string;
  compile(sources: Map<string, string>): Promise<Uint8Array>;
}

const script = new URL("../../edwards/build.mjs", import.meta.url).href;

test("building the module again gives the committed bytes", async () => {
  const build: Build = await import(script);
  const sources = build.sources();
  expect(build.sourceHash(sources)).toBe(EDWARDS_SOURCE_HASH);
  const bytes = await build.compile(sources);
  expect(Buffer.from(bytes).toString("base64")).toBe(EDWARDS_BASE64);
}, 180_000);

const code = new Edwards();
const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;
const sha512 = (data: Uint8Array): Uint8Array =>
  new Uint8Array(createHash("sha512").update(data).digest());

/** With a table of the key and without, which have to agree. */
function judged(signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean {
  const cold = code.verify(signature, message, key, -1, sha512);
  if (code.prepareKey(0, key)) {
    expect(code.verify(signature, message, key, 0, sha512)).toBe(cold);
  } else expect(cold).toBe(false);
  return cold;
}

const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });

test("signatures of any length of message are accepted, and refused when a bit is changed", () => {
  const lengths = fc.oneof(
    fc.integer({ max: 400, min: 0 }),
    fc.constantFrom(16_303, 16_304, 17_000),
  );
  fc.assert(
    fc.property(seeds, lengths, fc.integer({ min: 0, max: 767 }), (secret, length, bit) => {
      const message = new Uint8Array(length).fill(secret[0] as number);
      const key = ed25519.getPublicKey(secret);
      const signature = ed25519.sign(message, secret);
      expect(judged(signature, message, key)).toBe(true);
      const all = Uint8Array.from([...signature, ...key]);
      all[bit >> 3] = (all[bit >> 3] as number) ^ (1 << (bit & 7));
      const [changed, otherKey] = [all.slice(0, 64), all.slice(64)];
      expect(judged(changed, message, otherKey)).toBe(verifyPortably(changed, message, otherKey));
    }),
    { numRuns: 60 },
  );
});

const order8 = Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
const littleEndian = (value: bigint): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * at)) & 0xffn));
const scalarOf = (data: Uint8Array): bigint =>
  sha512(data).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n) % ORDER;

test("keys and Rs with a part of small order are judged as by bigints, and some are accepted", () => {
  let accepted = 0;
  for (let key8 = 0n; key8 < 8n; key8++) {
    for (let r8 = 0n; r8 < 8n; r8++) {
      const secret = 1000n + key8;
      const key = Point.BASE.multiply(secret).add(order8.multiplyUnsafe(key8)).toBytes();
      const r = Point.BASE.multiply(77n + r8)
        .add(order8.multiplyUnsafe(r8))
        .toBytes();
      const message = Uint8Array.of(Number(key8), Number(r8));
      const challenge = scalarOf(Uint8Array.from([...r, ...key, ...message]));
      const s = (77n + r8 + challenge * secret) % ORDER;
      const signature = Uint8Array.from([...r, ...littleEndian(s)]);
      const answer = judged(signature, message, key);
      expect(answer).toBe(verifyPortably(signature, message, key));
      expect(answer).toBe(verifyEd25519(signature, message, key));
      if (answer) accepted++;
    }
  }
  expect(accepted).toBeGreaterThan(0);
});

test("an S of every size is told from its order", () => {
  const secret = new Uint8Array(32).fill(5);
  const message = Uint8Array.of(1);
  const key = ed25519.getPublicKey(secret);
  const r = ed25519.sign(message, secret).subarray(0, 32);
  for (const s of [0n, 1n, ORDER - 1n, ORDER, ORDER + 1n, 1n << 252n, (1n << 256n) - 1n]) {
    const signature = Uint8Array.from([...r, ...littleEndian(s)]);
    expect(judged(signature, message, key)).toBe(false);
  }
});

test("keys get tables, and lose them to others, without a change of any answer", () => {
  const message = Uint8Array.of(9);
  const signers = Array.from({ length: KEY_TABLES_MAX + 2 }, (_, index) => {
    const secret = new Uint8Array(32).fill(index + 1);
    return { key: ed25519.getPublicKey(secret), signature: ed25519.sign(message, secret) };
  });
  for (const { key, signature } of [...signers, ...signers]) {
    for (let sight = 0; sight < 70; sight++) {
      expect(verifyEd25519(signature, message, key)).toBe(true);
    }
    expect(verifyEd25519(signature, Uint8Array.of(8), key)).toBe(false);
  }
});
