import { createHash } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  publicKeyEd25519,
  signEd25519,
  verifyEd25519,
  verifyEd25519OffThread,
  verifyPortably,
} from "./ed25519.ts";
import { isEd25519Point } from "./is-ed25519-point.ts";
import { nativeEd25519 } from "./native-ed25519.ts";

const bytes = (last: number, first: number): Uint8Array => {
  const point = new Uint8Array(32);
  point[0] = first;
  point[31] = last;
  return point;
};

test("y = 1 is the neutral element, with either sign of x = 0", () => {
  expect(isEd25519Point(bytes(0, 1))).toBe(true);
  expect(isEd25519Point(bytes(0x80, 1))).toBe(true);
});

test("y = 2 is on no point", () => {
  expect(isEd25519Point(bytes(0, 2))).toBe(false);
});

test("what is a point is what noble decompresses, y above the prime included", () => {
  const isPoint = (point: Uint8Array): boolean => {
    try {
      ed25519.Point.fromBytes(point, true);
      return true;
    } catch {
      return false;
    }
  };
  const any = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const [low, high] = [fc.integer({ min: 0, max: 19 }), fc.integer({ min: 200, max: 255 })];
  const small = low.map((first) => bytes(0, first));
  const large = high.map((first) => Uint8Array.of(first, ...new Uint8Array(30).fill(255), 127));
  const negative = (points: fc.Arbitrary<Uint8Array>) =>
    points.map((point) => point.map((byte, index) => (index === 31 ? byte | 0x80 : byte)));
  fc.assert(
    fc.property(fc.oneof(any, small, large, negative(small), negative(large)), (point) => {
      expect(isEd25519Point(point)).toBe(isPoint(point));
    }),
    { numRuns: 500 },
  );
});

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));

// RFC 8032, section 7.1, test 2.
const SECRET = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
const PUBLIC = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
const SIGNATURE = hex(
  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
);

test("signatures of RFC 8032 are made and accepted", () => {
  expect(publicKeyEd25519(SECRET)).toEqual(PUBLIC);
  expect(signEd25519(hex("72"), SECRET)).toEqual(SIGNATURE);
  expect(verifyEd25519(SIGNATURE, hex("72"), PUBLIC)).toBe(true);
});

test("another message, a changed signature and a key of small order are refused", () => {
  expect(verifyEd25519(SIGNATURE, hex("73"), PUBLIC)).toBe(false);
  expect(verifyEd25519(SIGNATURE.with(0, 0), hex("72"), PUBLIC)).toBe(false);
  expect(verifyEd25519(SIGNATURE.subarray(1), hex("72"), PUBLIC)).toBe(false);
  expect(verifyEd25519(new Uint8Array(64), hex("72"), bytes(0, 1))).toBe(false);
  expect(verifyEd25519(SIGNATURE, hex("72"), bytes(0, 2))).toBe(false);
});

const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;
const scalarBytes = (value: bigint): Uint8Array => Point.Fn.toBytes(Point.Fn.create(value));
const littleEndian = (value: bigint): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * at)) & 0xffn));
/** noble by itself, which takes the equation times the cofactor: the same where nothing is of small order. */
const strict = (signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean =>
  ed25519.verify(signature, message, key, { zip215: false });

test("Node's Ed25519 signs as noble does, and both accept it", () => {
  const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(seed, fc.uint8Array({ maxLength: 200 }), (secret, message) => {
      const publicKey = ed25519.getPublicKey(secret);
      const signature = ed25519.sign(message, secret);
      expect(nativeEd25519?.publicKey(secret)).toEqual(publicKey);
      expect(nativeEd25519?.sign(message, secret)).toEqual(signature);
      expect(nativeEd25519?.verify(signature, message, publicKey)).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test("a changed byte anywhere gives the answer that noble gives", () => {
  const message = hex("72");
  for (let at = 0; at < 96; at++) {
    const all = Uint8Array.from([...SIGNATURE, ...PUBLIC]);
    all[at] = (all[at] as number) ^ (1 << (at % 8));
    const [signature, key] = [all.slice(0, 64), all.slice(64)];
    expect(verifyEd25519(signature, message, key)).toBe(strict(signature, message, key));
  }
});

test("the answer from another thread is the same, and is of the bytes as they were at the call", async () => {
  const message = hex("72");
  const answers: boolean[] = [];
  for (let at = -1; at < 96; at++) {
    const all = Uint8Array.from([...SIGNATURE, ...PUBLIC]);
    if (at >= 0) all[at] = (all[at] as number) ^ (1 << (at % 8));
    const [signature, key] = [all.subarray(0, 64), all.subarray(64)];
    const answer = verifyEd25519(signature, message, key);
    const later = verifyEd25519OffThread(signature, message, key);
    all.fill(0);
    expect(await later).toBe(answer);
    answers.push(answer);
  }
  expect(answers[0]).toBe(true);
  expect(await verifyEd25519OffThread(SIGNATURE.subarray(1), message, PUBLIC)).toBe(false);
  expect(await verifyEd25519OffThread(new Uint8Array(64), message, PUBLIC)).toBe(false);
});

test("S + L is refused, natively too", () => {
  const s = Point.Fn.fromBytes(SIGNATURE.slice(32));
  const raised = Uint8Array.from([...SIGNATURE.slice(0, 32), ...littleEndian(s + ORDER)]);
  expect(nativeEd25519?.verify(raised, hex("72"), PUBLIC)).toBe(false);
  expect(verifyEd25519(raised, hex("72"), PUBLIC)).toBe(false);
});

test("the eight points of small order and what encodes them otherwise are refused", () => {
  const order8 = Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
  const prime = Point.Fp.ORDER;
  const canonical = [1n, 2n, 3n, 4n, 5n, 6n, 7n].map((n) => order8.multiplyUnsafe(n).toBytes());
  const others = [prime, prime + 1n].map(littleEndian);
  for (const key of [Point.ZERO.toBytes(), ...canonical, ...others]) {
    for (const sign of [0, 0x80]) {
      const signed = key.with(31, (key[31] as number) ^ sign);
      // R = 0, S = 0: it satisfies the equation with the cofactor for every such key.
      const signature = Uint8Array.from([...Point.ZERO.toBytes(), ...new Uint8Array(32)]);
      expect(verifyEd25519(signature, hex("72"), signed)).toBe(false);
    }
  }
});

test("a signature that is right up to a point of small order is refused, as by dalek's verify_strict, though noble accepts it", () => {
  const order8 = Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
  const { scalar } = ed25519.utils.getExtendedPublicKey(SECRET);
  const nonce = 12345n;
  const r = Point.BASE.multiply(nonce).add(order8).toBytes();
  const challenge = sha512Scalar(Uint8Array.from([...r, ...PUBLIC, ...hex("72")]));
  const signature = Uint8Array.from([...r, ...scalarBytes(nonce + challenge * scalar)]);
  expect(strict(signature, hex("72"), PUBLIC)).toBe(true);
  expect(nativeEd25519?.verify(signature, hex("72"), PUBLIC)).toBe(false);
  expect(verifyEd25519(signature, hex("72"), PUBLIC)).toBe(false);
  expect(verifyPortably(signature, hex("72"), PUBLIC)).toBe(false);
});

test("an R of small order is refused", () => {
  const { scalar } = ed25519.utils.getExtendedPublicKey(SECRET);
  const r = Point.ZERO.toBytes();
  const challenge = sha512Scalar(Uint8Array.from([...r, ...PUBLIC, ...hex("72")]));
  const signature = Uint8Array.from([...r, ...scalarBytes(challenge * scalar)]);
  // The equation holds; newer OpenSSL refuses it by itself.
  expect(ed25519.verify(signature, hex("72"), PUBLIC, { zip215: true })).toBe(true);
  expect(verifyEd25519(signature, hex("72"), PUBLIC)).toBe(false);
});

test("without native code signatures are judged the same", () => {
  const message = hex("72");
  for (let at = 0; at < 96; at += 5) {
    const all = Uint8Array.from([...SIGNATURE, ...PUBLIC]);
    all[at] = (all[at] as number) ^ (1 << (at % 8));
    const [signature, key] = [all.slice(0, 64), all.slice(64)];
    expect(verifyPortably(signature, message, key)).toBe(verifyEd25519(signature, message, key));
  }
  expect(verifyPortably(SIGNATURE, message, PUBLIC)).toBe(true);
});

const sha512Scalar = (data: Uint8Array): bigint =>
  createHash("sha512")
    .update(data)
    .digest()
    .reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n) % ORDER;
