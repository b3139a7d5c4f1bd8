import { fromBytesBE } from "@dragoman/word";
import type { Fp2 } from "@noble/curves/abstract/tower.js";
import type { WeierstrassPoint } from "@noble/curves/abstract/weierstrass.js";
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { bls12381 } from "../curve/pairing.ts";

/** Ciphersuites of draft-irtf-cfrg-bls-signature, section 4.2.3: keys in G1, signatures in G2, proofs of possession. */
const SIGNATURE_DOMAIN = "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_";
const POSSESSION_DOMAIN = "BLS_POP_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_";

const { G1, G2, fields, longSignatures } = bls12_381;
type Key = WeierstrassPoint<bigint>;
type Signature = WeierstrassPoint<Fp2>;

/** A key on the curve, whether or not in the group; undefined for bytes that are none. */
export function readBlsKey(bytes: Uint8Array): Key | undefined {
  const point = bytes.length === 48 ? bls12381().g1.decompress(bytes, "curve") : undefined;
  if (point === undefined) return undefined;
  const [x, y] = numbers(point);
  return x === 0n && y === 0n ? G1.Point.ZERO : G1.Point.fromAffine({ x, y });
}

/** A signature on the curve, whether or not in the group; undefined for bytes that are none. */
export function readBlsSignature(bytes: Uint8Array): Signature | undefined {
  const point = bytes.length === 96 ? bls12381().g2.decompress(bytes, "curve") : undefined;
  if (point === undefined) return undefined;
  const [x0, x1, y0, y1] = numbers(point);
  const isInfinity = x0 === 0n && x1 === 0n && y0 === 0n && y1 === 0n;
  return isInfinity
    ? G2.Point.ZERO
    : G2.Point.fromAffine({ x: { c0: x0, c1: x1 }, y: { c0: y0, c1: y1 } });
}

type Coordinates = [bigint, bigint, bigint, bigint];

/** Coordinates of 48 bytes each, big-endian. */
const numbers = (point: Uint8Array): Coordinates =>
  Array.from({ length: 4 }, (_, index) =>
    fromBytesBE(point.subarray(48 * index, 48 * (index + 1))),
  ) as Coordinates;

/** True for a finite key of the group of prime order. */
export const isBlsKey = (key: Key): boolean => !key.is0() && key.isTorsionFree();

export const isBlsSignature = (signature: Signature): boolean => signature.isTorsionFree();

/** Encoded sum of keys, of which there is at least one. */
export const sumBlsKeys = (keys: readonly Key[]): Uint8Array =>
  keys.reduce((sum, key) => sum.add(key)).toBytes();

/** Encoded sum of signatures, of which there is at least one. */
export const sumBlsSignatures = (signatures: readonly Signature[]): Uint8Array =>
  signatures.reduce((sum, signature) => sum.add(signature)).toBytes();

/**
 * True if `signature` is the sum of signatures of each key over the message at its index. The keys must be known to be in the group; the signature
 * is checked. A key at infinity verifies nothing.
 */
export const verifyBls = (
  signature: Signature,
  keys: readonly Key[],
  messages: readonly Uint8Array[],
): boolean => verify(signature, keys, messages, SIGNATURE_DOMAIN);

/** True if `proof` shows that who made it has the secret of `key`. */
export const verifyBlsPossession = (proof: Signature, key: Key): boolean =>
  isBlsKey(key) && verify(proof, [key], [key.toBytes()], POSSESSION_DOMAIN);

function verify(
  signature: Signature,
  keys: readonly Key[],
  messages: readonly Uint8Array[],
  domain: string,
): boolean {
  if (keys.length === 0 || keys.length !== messages.length) return false;
  if (keys.some((key) => key.is0()) || !isBlsSignature(signature) || signature.is0()) return false;
  const pairs = keys.map((g1, index) => ({
    g1,
    g2: longSignatures.hash(messages[index] as Uint8Array, domain),
  }));
  const product = bls12_381.pairingBatch([...pairs, { g1: G1.Point.BASE.negate(), g2: signature }]);
  return fields.Fp12.eql(product, fields.Fp12.ONE);
}
