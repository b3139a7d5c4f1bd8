import type { Pointer } from "../curve/mcl.ts";
import { bls12381 } from "../curve/pairing.ts";
import { G1_BYTES, SCALAR_BYTES } from "../curve/pairing-curve.ts";
import { scalarField } from "../curve/scalar-field.ts";
import { sha256 } from "../hashes.ts";
import { allocatePoints, readKzgPoint } from "./kzg-point.ts";
import { g1PowersOf, g2Lines } from "./trusted-setup.ts";

/** Room of one verification, kept for the next. */
interface Room {
  /** Two points of G1, for the pairing. */
  readonly g1: Pointer;
  /** The proof and the generator, with z and -y in `scalars`. */
  readonly terms: Pointer;
  readonly scalars: Pointer;
}

let room: Room | undefined;

function roomOf(): Room {
  if (room === undefined) {
    const { curve } = bls12381();
    const scalars = curve.allocate(2 * SCALAR_BYTES);
    room = { g1: allocatePoints(2), terms: allocatePoints(2), scalars };
  }
  return room;
}

/**
 * True if `proof` shows that the polynomial of `commitment` has the value `y` at `z` (consensus-specs deneb, `verify_kzg_proof`; EIP-4844). What
 * is no encoding, or a number that is not below the order, is false.
 *
 * @param commitment 48 bytes, compressed
 * @param z 32 bytes, big-endian
 * @param y 32 bytes, big-endian
 * @param proof 48 bytes, compressed
 */
export function verifyKzgProof(
  commitment: Uint8Array,
  z: Uint8Array,
  y: Uint8Array,
  proof: Uint8Array,
): boolean {
  if (z.length !== SCALAR_BYTES || y.length !== SCALAR_BYTES) return false;
  const scalars = scalarField();
  const { scalars: zy } = roomOf();
  if (!scalars.read(zy, z, 0, 1) || !scalars.read(zy + SCALAR_BYTES, y, 0, 1)) return false;
  return verifyOpening(commitment, zy, zy + SCALAR_BYTES, proof);
}

/** The same with `z` and `y` in memory. */
export function verifyOpening(
  commitment: Uint8Array,
  z: Pointer,
  y: Pointer,
  proof: Uint8Array,
): boolean {
  const { curve } = bls12381();
  const { mcl } = curve;
  const scalars = scalarField();
  const { g1, terms, scalars: zy } = roomOf();
  const [left, right] = [g1, g1 + G1_BYTES];
  if (!readKzgPoint(left, commitment) || !readKzgPoint(terms, proof)) return false;
  curve.bytes.copyWithin(terms + G1_BYTES, g1PowersOf(1), g1PowersOf(1) + G1_BYTES);
  if (z !== zy) scalars.copy(zy, z);
  mcl.mclBnFr_neg(zy + SCALAR_BYTES, y);
  // e(C - y, 1) = e(proof, secret - z), with all that varies on the side of G1: e(C - y + z proof, 1) e(-proof, secret) = 1.
  mcl.mclBnG1_mulVec(right, terms, zy, 2);
  mcl.mclBnG1_add(left, left, right);
  mcl.mclBnG1_neg(right, terms);
  return pairsAreOne(left, right, 1);
}

/** True if e(left, 1) e(right, secret^exponent) = 1. */
export function pairsAreOne(left: Pointer, right: Pointer, exponent: number): boolean {
  const { curve, g1 } = bls12381();
  if (g1.isInfinity(left) || g1.isInfinity(right))
    return g1.isInfinity(left) && g1.isInfinity(right);
  return curve.twoPairingsAreOne(left, g2Lines(0), right, g2Lines(exponent));
}

/** Version of the hash of a KZG commitment (EIP-4844, `VERSIONED_HASH_VERSION_KZG`). */
const KZG_VERSION = 1;

/** The hash by which a transaction names a blob: 32 bytes (EIP-4844, `kzg_to_versioned_hash`). */
export function kzgToVersionedHash(commitment: Uint8Array): Uint8Array<ArrayBuffer> {
  const hash = new Uint8Array(sha256(commitment));
  hash[0] = KZG_VERSION;
  return hash;
}
