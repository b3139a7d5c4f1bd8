import { blobToKzgCommitment, computeKzgProof, kzgToVersionedHash } from "@dragoman/crypto";
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { bn254 } from "@noble/curves/bn254.js";
import { p256 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";

/** One input that a precompile is timed with. */
export interface PrecompileInput {
  readonly name: string;
  readonly address: number;
  readonly data: Uint8Array;
}

const fixed = (value: bigint, size: number): string => value.toString(16).padStart(size * 2, "0");
const word = (value: bigint): string => fixed(value, 32);
const field = (value: bigint): string => fixed(value, 64);
const bytes = (...hex: string[]): Uint8Array => new Uint8Array(Buffer.from(hex.join(""), "hex"));
/** Numbers without a pattern that an algorithm could profit from. */
const SCALAR = 0x6c1f_83a5_d97e_4b20_51c6_e8f3_072d_9ab4_3f5e_81c2_d607_94ab_ce13_7f28_65d0_49bbn;
const scalar = (index: number): bigint => SCALAR ^ (BigInt(index) << 201n) ^ BigInt(index);

const secret = bytes(word(SCALAR));
const hash = bytes(word(SCALAR >> 3n));

function ecrecover(): Uint8Array {
  const signed = secp256k1.sign(hash, secret, { prehash: false, format: "recovered" });
  const { r, s, recovery } = secp256k1.Signature.fromBytes(signed, "recovered");
  return bytes(word(SCALAR >> 3n), word(27n + BigInt(recovery as number)), word(r), word(s));
}

function p256Verify(): Uint8Array {
  const { r, s } = p256.Signature.fromBytes(p256.sign(hash, secret, { prehash: false }));
  const { x, y } = p256.Point.BASE.multiply(SCALAR).toAffine();
  return bytes(word(SCALAR >> 3n), word(r), word(s), word(x), word(y));
}

function modexp(size: number, exponentSize: number): Uint8Array {
  const long = (length: number, index: number): string =>
    Array.from({ length: length / 32 }, (_, i) => word(scalar(index + i))).join("");
  const sizes = [size, exponentSize, size].map((length) => word(BigInt(length)));
  const modulus = long(size, 31).replace(/^./, "f").replace(/.$/, "1");
  const exponent = exponentSize < 32 ? fixed(0x10001n, exponentSize) : long(exponentSize, 17);
  return bytes(...sizes, long(size, 5), exponent, modulus);
}

type Affine<T> = { x: T; y: T };
type Fp2 = { c0: bigint; c1: bigint };
const bnG1 = (k: bigint): string => {
  const { x, y } = bn254.G1.Point.BASE.multiply(k).toAffine();
  return word(x) + word(y);
};
const bnG2 = (k: bigint): string => {
  const { x, y }: Affine<Fp2> = bn254.G2.Point.BASE.multiply(k).toAffine();
  return word(x.c1) + word(x.c0) + word(y.c1) + word(y.c0);
};
const blsG1 = (k: bigint): string => {
  const { x, y } = bls12_381.G1.Point.BASE.multiply(k).toAffine();
  return field(x) + field(y);
};
const blsG2 = (k: bigint): string => {
  const { x, y }: Affine<Fp2> = bls12_381.G2.Point.BASE.multiply(k).toAffine();
  return field(x.c0) + field(x.c1) + field(y.c0) + field(y.c1);
};
const times = (count: number, make: (index: number) => string): Uint8Array =>
  bytes(...Array.from({ length: count }, (_, index) => make(index + 2)));
const small = (index: number): bigint => BigInt(index * index + 1);

function pointEvaluation(): Uint8Array {
  const blob = bytes(...Array.from({ length: 4096 }, (_, index) => word(scalar(index) >> 4n)));
  const commitment = blobToKzgCommitment(blob);
  const z = bytes(word(SCALAR >> 2n));
  const { proof, y } = computeKzgProof(blob, z);
  return new Uint8Array(Buffer.concat([kzgToVersionedHash(commitment), z, y, commitment, proof]));
}

function blake2f(rounds: number): Uint8Array {
  const state = Array.from({ length: 6 }, (_, index) => word(scalar(index))).join("");
  return bytes(fixed(BigInt(rounds), 4), state, fixed(SCALAR >> 128n, 16), "01");
}

/** What {@link PrecompileInput}s the table has, by the order of their addresses. */
export const PRECOMPILE_INPUTS: readonly PrecompileInput[] = [
  { name: "ecrecover", address: 0x01, data: ecrecover() },
  { name: "sha256, 1 KiB", address: 0x02, data: new Uint8Array(1024).fill(7) },
  { name: "ripemd160, 1 KiB", address: 0x03, data: new Uint8Array(1024).fill(7) },
  { name: "identity, 1 KiB", address: 0x04, data: new Uint8Array(1024).fill(7) },
  { name: "modexp, 32 bytes each", address: 0x05, data: modexp(32, 32) },
  { name: "modexp, 256 bytes each", address: 0x05, data: modexp(256, 256) },
  { name: "modexp, 256 bytes to 65,537", address: 0x05, data: modexp(256, 3) },
  { name: "modexp, 1,024 bytes to 65,537", address: 0x05, data: modexp(1024, 3) },
  { name: "bn254 add", address: 0x06, data: bytes(bnG1(small(2)), bnG1(small(3))) },
  { name: "bn254 multiply", address: 0x07, data: bytes(bnG1(small(2)), word(SCALAR)) },
  {
    name: "bn254 pairing, 2 pairs",
    address: 0x08,
    data: times(2, (i) => bnG1(small(i)) + bnG2(small(i))),
  },
  {
    name: "bn254 pairing, 8 pairs",
    address: 0x08,
    data: times(8, (i) => bnG1(small(i)) + bnG2(small(i))),
  },
  { name: "blake2f, 12 rounds", address: 0x09, data: blake2f(12) },
  { name: "blake2f, 100,000 rounds", address: 0x09, data: blake2f(100_000) },
  { name: "KZG point evaluation", address: 0x0a, data: pointEvaluation() },
  { name: "BLS G1 add", address: 0x0b, data: bytes(blsG1(small(2)), blsG1(small(3))) },
  {
    name: "BLS G1 sum, 1 product",
    address: 0x0c,
    data: times(1, (i) => blsG1(small(i)) + word(scalar(i))),
  },
  {
    name: "BLS G1 sum, 64 products",
    address: 0x0c,
    data: times(64, (i) => blsG1(small(i)) + word(scalar(i))),
  },
  { name: "BLS G2 add", address: 0x0d, data: bytes(blsG2(small(2)), blsG2(small(3))) },
  {
    name: "BLS G2 sum, 1 product",
    address: 0x0e,
    data: times(1, (i) => blsG2(small(i)) + word(scalar(i))),
  },
  {
    name: "BLS G2 sum, 64 products",
    address: 0x0e,
    data: times(64, (i) => blsG2(small(i)) + word(scalar(i))),
  },
  {
    name: "BLS pairing, 2 pairs",
    address: 0x0f,
    data: times(2, (i) => blsG1(small(i)) + blsG2(small(i))),
  },
  { name: "BLS map to G1", address: 0x10, data: bytes(field(SCALAR)) },
  { name: "BLS map to G2", address: 0x11, data: bytes(field(SCALAR), field(SCALAR >> 1n)) },
  { name: "P-256 verify", address: 0x100, data: p256Verify() },
];
