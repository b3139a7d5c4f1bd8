import type { Pointer } from "../curve/mcl.ts";
import { SCALAR_BYTES } from "../curve/pairing-curve.ts";
import { scalarField } from "../curve/scalar-field.ts";
import { sha256 } from "../hashes.ts";
import {
  blobRoom,
  commitValues,
  evaluateBlob,
  readBlob,
  requireBlob,
  requireCommitment,
} from "./blob.ts";
import { readKzgPoint } from "./kzg-point.ts";
import { BLOB_SIZE, POINT_SIZE, SCALARS_PER_BLOB } from "./kzg-sizes.ts";
import { verifyOpening } from "./verify-kzg-proof.ts";

/** `FIAT_SHAMIR_PROTOCOL_DOMAIN` and the degree of a blob's polynomial in 16 bytes (consensus-specs deneb). */
const CHALLENGE_PREFIX = Uint8Array.of(
  ...new TextEncoder().encode("FSBLOBVERIFY_V1_"),
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, SCALARS_PER_BLOB >> 8, SCALARS_PER_BLOB & 0xff],
);

/** z and y of a proof. */
let opening: Pointer = 0;

function openingOf(): readonly [z: Pointer, y: Pointer] {
  if (opening === 0) opening = scalarField().allocate(2);
  return [opening, opening + SCALAR_BYTES];
}

/**
 * Commitment of a blob: 48 bytes.
 *
 * @throws FaultError INVALID_BLOB if it has another length than 131,072 bytes or a number that is no scalar
 */
export function blobToKzgCommitment(blob: Uint8Array): Uint8Array<ArrayBuffer> {
  requireBlob(blob);
  return commitValues(blobRoom().values);
}

/**
 * Proof of the value `y` at `z` of a blob's polynomial (consensus-specs deneb, `compute_kzg_proof`).
 *
 * @param z 32 bytes, big-endian, taken modulo the order
 * @throws FaultError INVALID_BLOB
 */
export function computeKzgProof(
  blob: Uint8Array,
  z: Uint8Array,
): { readonly proof: Uint8Array; readonly y: Uint8Array } {
  requireBlob(blob);
  const scalars = scalarField();
  const [zAt, yAt] = openingOf();
  scalars.curve.readScalar(zAt, z, 0);
  const proof = proveOpening(zAt, yAt);
  return { proof, y: scalars.write(yAt, 1) };
}

/**
 * Proof that a blob has a commitment: 48 bytes (consensus-specs deneb, `compute_blob_kzg_proof`). Whether it has is not checked.
 *
 * @throws FaultError INVALID_BLOB, INVALID_KZG_COMMITMENT
 */
export function computeBlobKzgProof(
  blob: Uint8Array,
  commitment: Uint8Array,
): Uint8Array<ArrayBuffer> {
  requireBlob(blob);
  requireCommitment(blobRoom().point, commitment);
  const [z, y] = openingOf();
  readChallenge(z, blob, commitment);
  return proveOpening(z, y);
}

/** True if `proof` shows that the blob has the commitment (consensus-specs deneb, `verify_blob_kzg_proof`). */
export function verifyBlobKzgProof(
  blob: Uint8Array,
  commitment: Uint8Array,
  proof: Uint8Array,
): boolean {
  if (!readBlob(blob) || !readKzgPoint(blobRoom().point, commitment)) return false;
  const [z, y] = openingOf();
  readChallenge(z, blob, commitment);
  evaluateBlob(y, z);
  return verifyOpening(commitment, z, y, proof);
}

/** The point at which a blob's proof opens it, by Fiat and Shamir (consensus-specs deneb, `compute_challenge`). */
function readChallenge(to: Pointer, blob: Uint8Array, commitment: Uint8Array): void {
  const text = new Uint8Array(CHALLENGE_PREFIX.length + BLOB_SIZE + POINT_SIZE);
  text.set(CHALLENGE_PREFIX);
  text.set(blob, CHALLENGE_PREFIX.length);
  text.set(commitment, CHALLENGE_PREFIX.length + BLOB_SIZE);
  scalarField().curve.readScalar(to, sha256(text), 0);
}

/** Commitment of (p - y) / (X - z), with y = p(z), of the blob that was read. */
function proveOpening(z: Pointer, y: Pointer): Uint8Array<ArrayBuffer> {
  const { values, inverses, quotient, term } = blobRoom();
  const scalars = scalarField();
  const { mcl } = scalars.curve;
  const root = evaluateBlob(y, z);
  if (root >= 0) invertDistances(z, root);
  for (let at = 0; at < BLOB_SIZE; at += SCALAR_BYTES) {
    mcl.mclBnFr_sub(term, y, values + at);
    mcl.mclBnFr_mul(quotient + at, term, inverses + at);
  }
  if (root >= 0) setQuotientAt(root, z);
  return commitValues(quotient);
}

/** Leaves 1 / (z - root) in `inverses` for all roots of unity but that at `index`, which is z. */
function invertDistances(z: Pointer, index: number): void {
  const { roots, inverses } = blobRoom();
  const { mcl } = scalarField().curve;
  for (let at = 0; at < BLOB_SIZE; at += SCALAR_BYTES) {
    mcl.mclBnFr_sub(inverses + at, z, roots + at);
  }
  mcl.mclBnFr_setInt32(inverses + index * SCALAR_BYTES, 1);
  mcl.mclBnFr_invVec(inverses, inverses, SCALARS_PER_BLOB);
}

/**
 * The quotient where it divides by zero, which is the sum of the others q(i) root(i) / -z (consensus-specs deneb,
 * `compute_quotient_eval_within_domain`).
 */
function setQuotientAt(index: number, z: Pointer): void {
  const { roots, quotient, term, sum } = blobRoom();
  const { mcl } = scalarField().curve;
  mcl.mclBnFr_setInt32(sum, 0);
  for (let i = 0; i < SCALARS_PER_BLOB; i++) {
    if (i === index) continue;
    mcl.mclBnFr_mul(term, quotient + i * SCALAR_BYTES, roots + i * SCALAR_BYTES);
    mcl.mclBnFr_sub(sum, sum, term);
  }
  mcl.mclBnFr_inv(term, z);
  mcl.mclBnFr_mul(quotient + index * SCALAR_BYTES, sum, term);
}
