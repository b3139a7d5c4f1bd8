import { bls12_381 } from "@noble/curves/bls12-381.js";
import { bn254 } from "@noble/curves/bn254.js";
import { p256 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import type { Random } from "./random.ts";

/** Input of a precompile that is valid more often than not. */
export function precompileInput(random: Random, address: bigint): Uint8Array {
  const make = INPUTS.get(address);
  const input = make === undefined ? random.bytes(random.below(300)) : make(random);
  return random.chance(25) ? spoilt(random, input) : input;
}

/** Cut, lengthened, or with a byte changed. */
function spoilt(random: Random, input: Uint8Array): Uint8Array {
  switch (random.below(3)) {
    case 0:
      return input.slice(0, random.below(input.length + 1));
    case 1:
      return join([input, random.bytes(1 + random.below(64))]);
    default: {
      const copy = input.slice();
      if (copy.length > 0) copy[random.below(copy.length)] = random.below(256);
      return copy;
    }
  }
}

const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

const fixed = (value: bigint, length: number): Uint8Array =>
  new Uint8Array(Buffer.from(value.toString(16).padStart(length * 2, "0"), "hex"));
const word = (value: bigint): Uint8Array => fixed(value, 32);
const list = (random: Random, most: number, item: () => Uint8Array): Uint8Array =>
  join(Array.from({ length: random.below(most + 1) }, item));

const SCALARS = [1n, 2n, 3n, 5n, 9n, 1000n];
const HUGE = [0n, 1n, 2n, (1n << 128n) - 1n, (1n << 256n) - 1n];

const scalar = (random: Random, order: bigint): bigint => {
  const kind = random.below(10);
  if (kind < 3) return random.pick(HUGE);
  if (kind < 5) return order - BigInt(random.below(2));
  return BigInt(`0x${Buffer.from(random.bytes(32)).toString("hex")}`);
};

// bn254 (EIP-196, EIP-197)
const BN = { p: bn254.fields.Fp.ORDER, n: bn254.fields.Fr.ORDER };
const BN_G1 = SCALARS.map((k) => bn254.G1.Point.BASE.multiply(k).toAffine());
const BN_G2 = SCALARS.map((k) => bn254.G2.Point.BASE.multiply(k).toAffine());

function bnG1(random: Random): Uint8Array {
  const kind = random.below(20);
  if (kind === 0) return new Uint8Array(64);
  if (kind === 1) return join([word(BN.p), word(0n)]);
  const { x, y } = random.pick(BN_G1);
  if (kind === 2) return join([word(x), word(y + 1n)]);
  return join([word(x), word(kind < 8 ? BN.p - y : y)]);
}

function bnG2(random: Random): Uint8Array {
  if (random.chance(8)) return new Uint8Array(128);
  const { x, y } = random.pick(BN_G2);
  return join([word(x.c1), word(x.c0), word(y.c1), word(y.c0)]);
}

/** e(aG, H) e(-aG, H) = 1, or anything. */
function bnPairing(random: Random): Uint8Array {
  if (random.chance(50)) return list(random, 3, () => join([bnG1(random), bnG2(random)]));
  const { x, y } = random.pick(BN_G1);
  const second = bnG2(random);
  return join([word(x), word(y), second, word(x), word(BN.p - y), second]);
}

// BLS12-381 (EIP-2537): a field element has 64 bytes.
const BLS = { p: bls12_381.fields.Fp.ORDER, n: bls12_381.fields.Fr.ORDER };
const BLS_G1 = SCALARS.map((k) => bls12_381.G1.Point.BASE.multiply(k).toAffine());
const BLS_G2 = SCALARS.map((k) => bls12_381.G2.Point.BASE.multiply(k).toAffine());
const fp = (value: bigint): Uint8Array => fixed(value, 64);

/** A point of y^2 = x^3 + 4 outside the subgroup of prime order. */
const BLS_G1_OUTSIDE = (() => {
  const { Fp } = bls12_381.fields;
  for (let x = 1n; ; x++) {
    const square = Fp.add(Fp.pow(x, 3n), 4n);
    if (Fp.eql(Fp.pow(square, (Fp.ORDER - 1n) / 2n), Fp.ONE)) return { x, y: Fp.sqrt(square) };
  }
})();

function blsG1(random: Random): Uint8Array {
  const kind = random.below(20);
  if (kind === 0) return new Uint8Array(128);
  if (kind === 1) return join([fp(BLS.p), fp(0n)]);
  const { x, y } = kind === 2 ? BLS_G1_OUTSIDE : random.pick(BLS_G1);
  if (kind === 3) return join([fp(x), fp(y + 1n)]);
  return join([fp(x), fp(kind < 9 ? BLS.p - y : y)]);
}

function blsG2(random: Random): Uint8Array {
  const kind = random.below(20);
  if (kind === 0) return new Uint8Array(256);
  const { x, y } = random.pick(BLS_G2);
  if (kind === 1) return join([fp(x.c0), fp(x.c1), fp(y.c1), fp(y.c0)]);
  return join([fp(x.c0), fp(x.c1), fp(y.c0), fp(y.c1)]);
}

function blsPairing(random: Random): Uint8Array {
  if (random.chance(50)) return list(random, 2, () => join([blsG1(random), blsG2(random)]));
  const { x, y } = random.pick(BLS_G1);
  const second = blsG2(random);
  return join([fp(x), fp(y), second, fp(x), fp(BLS.p - y), second]);
}

const blsField = (random: Random): Uint8Array =>
  fp(random.chance(10) ? BLS.p : BigInt(`0x${Buffer.from(random.bytes(47)).toString("hex")}`));

/** Lengths, base, exponent, modulus (EIP-198); small, or at the bound of EIP-7823. */
function modexpInput(random: Random): Uint8Array {
  const size = (): number => (random.chance(5) ? 1023 + random.below(4) : random.below(70));
  const sizes = [size(), random.chance(80) ? random.below(40) : size(), size()];
  const lengths = sizes.map((length) =>
    word(random.chance(2) ? random.pick(HUGE) : BigInt(length)),
  );
  return join([...lengths, ...sizes.map((length) => random.bytes(length))]);
}

/** Rounds, state, message, offset, final flag (EIP-152). */
function blakeInput(random: Random): Uint8Array {
  const rounds = random.chance(90) ? random.below(30) : 0xffffffff;
  return join([fixed(BigInt(rounds), 4), random.bytes(208), Uint8Array.of(random.below(3))]);
}

const SECRET = new Uint8Array(32).fill(7);

function recoverInput(random: Random): Uint8Array {
  const digest = random.bytes(32);
  const bytes = secp256k1.sign(digest, SECRET, { prehash: false, format: "recovered" });
  const v = BigInt(27 + (bytes[0] as number)) + (random.chance(10) ? random.pick(HUGE) : 0n);
  return join([digest, word(v % (1n << 256n)), bytes.subarray(1)]);
}

function p256Input(random: Random): Uint8Array {
  const digest = random.bytes(32);
  const signature = p256.sign(digest, SECRET, { prehash: false, lowS: false, format: "compact" });
  return join([digest, signature, p256.getPublicKey(SECRET, false).subarray(1)]);
}

/** The point at infinity commits to the zero polynomial and proves its value 0 anywhere (EIP-4844). */
function pointEvaluationInput(random: Random): Uint8Array {
  const infinity = new Uint8Array(48);
  infinity[0] = 0xc0;
  const versioned = Buffer.from(ZERO_BLOB_HASH, "hex");
  const z = random.bytes(32);
  z[0] = (z[0] as number) & 0x3f;
  return join([versioned, z, new Uint8Array(32), infinity, infinity]);
}

/** sha256 of the commitment to the zero blob, its first byte the version 1. */
export const ZERO_BLOB_HASH = "010657f37554c781402a22917dee2f75def7ab966d7b770905398eba3c444014";

const INPUTS: ReadonlyMap<bigint, (random: Random) => Uint8Array> = new Map([
  [0x01n, recoverInput],
  [0x05n, modexpInput],
  [0x06n, (random: Random) => join([bnG1(random), bnG1(random)])],
  [0x07n, (random: Random) => join([bnG1(random), word(scalar(random, BN.n))])],
  [0x08n, bnPairing],
  [0x09n, blakeInput],
  [0x0an, pointEvaluationInput],
  [0x0bn, (random: Random) => join([blsG1(random), blsG1(random)])],
  [
    0x0cn,
    (random: Random) => list(random, 4, () => join([blsG1(random), word(scalar(random, BLS.n))])),
  ],
  [0x0dn, (random: Random) => join([blsG2(random), blsG2(random)])],
  [
    0x0en,
    (random: Random) => list(random, 3, () => join([blsG2(random), word(scalar(random, BLS.n))])),
  ],
  [0x0fn, blsPairing],
  [0x10n, blsField],
  [0x11n, (random: Random) => join([blsField(random), blsField(random)])],
  [0x100n, p256Input],
]);
