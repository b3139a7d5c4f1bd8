import { toBytesBE } from "@dragoman/word";
import type { Pointer } from "../curve/mcl.ts";
import { bls12381 } from "../curve/pairing.ts";
import { G1_BYTES, SCALAR_BYTES } from "../curve/pairing-curve.ts";
import { reverseBits, scalarField } from "../curve/scalar-field.ts";
import { sha256 } from "../hashes.ts";
import { computeCells } from "./cells.ts";
import { allocatePoints, readKzgPoint } from "./kzg-point.ts";
import {
  CELL_SIZE,
  CELLS_PER_BLOB,
  POINT_SIZE,
  SCALARS_PER_BLOB,
  SCALARS_PER_CELL,
} from "./kzg-sizes.ts";
import { g1PowersOf } from "./trusted-setup.ts";
import { pairsAreOne } from "./verify-kzg-proof.ts";

const SCALARS_EXTENDED = 2 * SCALARS_PER_BLOB;
/** `RANDOM_CHALLENGE_KZG_CELL_BATCH_DOMAIN` (consensus-specs fulu). */
const DOMAIN = new TextEncoder().encode("RCKZGCBATCH__V1_");

/**
 * True if each proof shows that its cell is the one with its index of the blob with its commitment (consensus-specs fulu,
 * `verify_cell_kzg_proof_batch`; EIP-7594). All four lists have one entry a cell.
 *
 * @param commitments 48 bytes each
 * @param indices 0 to 127
 * @param cells 2,048 bytes each
 * @param proofs 48 bytes each
 */
export function verifyCellKzgProofBatch(
  commitments: readonly Uint8Array[],
  indices: readonly number[],
  cells: readonly Uint8Array[],
  proofs: readonly Uint8Array[],
): boolean {
  const count = cells.length;
  if ([commitments, indices, proofs].some((list) => list.length !== count)) return false;
  if (count === 0) return true;
  if (indices.some((index) => !(index >= 0 && index < CELLS_PER_BLOB))) return false;
  if (cells.some((cell) => cell.length !== CELL_SIZE)) return false;
  if ([...commitments, ...proofs].some((point) => point.length !== POINT_SIZE)) return false;
  const places = new Map<string, number>();
  const distinct: Uint8Array[] = [];
  const placeOf = (commitment: Uint8Array): number => {
    const key = commitment.join();
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, distinct.length);
    return distinct.push(commitment) - 1;
  };
  const all = commitments.map(placeOf);
  return verifyBatch({ distinct, places: all, indices, cells, proofs });
}

/**
 * True if `proofs` are the proofs of all cells of all blobs, 128 a blob in order, as in a transaction's sidecar (EIP-7594).
 *
 * @throws FaultError INVALID_BLOB
 */
export function verifyBlobCellProofs(
  blobs: readonly Uint8Array[],
  commitments: readonly Uint8Array[],
  proofs: readonly Uint8Array[],
): boolean {
  if (commitments.length !== blobs.length) return false;
  if (proofs.length !== blobs.length * CELLS_PER_BLOB) return false;
  const cells = blobs.flatMap((blob) => computeCells(blob));
  const indices = cells.map((_, cell) => cell % CELLS_PER_BLOB);
  const repeated = commitments.flatMap((commitment) =>
    Array.from({ length: CELLS_PER_BLOB }, () => commitment),
  );
  return verifyCellKzgProofBatch(repeated, indices, cells, proofs);
}

/** The cells of a batch with the places of their commitments among the distinct ones. */
interface CellBatch {
  readonly distinct: readonly Uint8Array[];
  readonly places: readonly number[];
  readonly indices: readonly number[];
  readonly cells: readonly Uint8Array[];
  readonly proofs: readonly Uint8Array[];
}

/**
 * All cells under one equation: with a challenge r, the polynomial I_k of cell k on its coset h_k, and n = 64,
 * e(Σ r^k proof_k, secret^n) = e(Σ r^k C_k - Σ r^k I_k(secret) + Σ r^k h_k^n proof_k, 1).
 */
function verifyBatch(batch: CellBatch): boolean {
  const { curve } = bls12381();
  const scalars = scalarField();
  const count = batch.cells.length;
  const fixed = batch.distinct.length + SCALARS_PER_CELL;
  const points = allocatePoints(fixed + count + 2);
  const weights = scalars.allocate(fixed + count + count);
  try {
    const proofs = points + fixed * G1_BYTES;
    if (!readPoints(points, batch.distinct) || !readPoints(proofs, batch.proofs)) return false;
    const secret = points + batch.distinct.length * G1_BYTES;
    const powers = g1PowersOf(SCALARS_PER_CELL);
    curve.bytes.copyWithin(secret, powers, powers + SCALARS_PER_CELL * G1_BYTES);
    const challenges = weights + (fixed + count) * SCALAR_BYTES;
    setChallenges(challenges, batch);
    if (!setWeights(weights, challenges, batch)) return false;
    const left = points + (fixed + count) * G1_BYTES;
    const right = left + G1_BYTES;
    curve.mcl.mclBnG1_mulVec(left, points, weights, fixed + count);
    curve.mcl.mclBnG1_mulVec(right, proofs, challenges, count);
    curve.mcl.mclBnG1_neg(right, right);
    return pairsAreOne(left, right, SCALARS_PER_CELL);
  } finally {
    curve.mcl.free(points);
    curve.mcl.free(weights);
  }
}

function readPoints(to: Pointer, encoded: readonly Uint8Array[]): boolean {
  return encoded.every((bytes, index) => readKzgPoint(to + index * G1_BYTES, bytes));
}

/** Powers of the challenge, one a cell (consensus-specs fulu, `compute_verify_cell_kzg_proof_batch_challenge`). */
function setChallenges(to: Pointer, batch: CellBatch): void {
  const { distinct, places, indices, cells, proofs } = batch;
  const { curve } = bls12381();
  const number = (value: number) => toBytesBE(BigInt(value), 8);
  const counts = [SCALARS_PER_BLOB, SCALARS_PER_CELL, distinct.length, cells.length].map(number);
  const entries = cells.flatMap((cell, k) => [
    number(places[k] as number),
    number(indices[k] as number),
    cell,
    proofs[k] as Uint8Array,
  ]);
  const challenge = to + SCALAR_BYTES;
  const hash = sha256(concatenate([DOMAIN, ...counts, ...distinct, ...entries]));
  curve.mcl.mclBnFr_setInt32(to, 1);
  if (cells.length > 1) curve.readScalar(challenge, hash, 0);
  for (let k = 2; k < cells.length; k++) {
    const power = to + k * SCALAR_BYTES;
    curve.mcl.mclBnFr_mul(power, power - SCALAR_BYTES, challenge);
  }
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Weights of the commitments, of the secret's powers and of the proofs; false if a cell holds a number that is no scalar. */
function setWeights(to: Pointer, challenges: Pointer, batch: CellBatch): boolean {
  const scalars = scalarField();
  const { mcl } = scalars.curve;
  const secret = to + batch.distinct.length * SCALAR_BYTES;
  const proofs = secret + SCALARS_PER_CELL * SCALAR_BYTES;
  scalars.curve.bytes.fill(0, to, proofs);
  const values = scalars.allocate(SCALARS_PER_CELL + 1);
  const term = values + SCALARS_PER_CELL * SCALAR_BYTES;
  const extended = scalars.roots(SCALARS_EXTENDED);
  const cosets = scalars.roots(CELLS_PER_BLOB);
  let areScalars = true;
  for (let k = 0; areScalars && k < batch.cells.length; k++) {
    const challenge = challenges + k * SCALAR_BYTES;
    const weight = to + (batch.places[k] as number) * SCALAR_BYTES;
    mcl.mclBnFr_add(weight, weight, challenge);
    const coset = reverseBits(batch.indices[k] as number, CELLS_PER_BLOB);
    mcl.mclBnFr_mul(proofs + k * SCALAR_BYTES, challenge, cosets + coset * SCALAR_BYTES);
    areScalars = scalars.read(values, batch.cells[k] as Uint8Array, 0, SCALARS_PER_CELL);
    scalars.permute(values, SCALARS_PER_CELL);
    scalars.invert(values, SCALARS_PER_CELL);
    for (let j = 0; j < SCALARS_PER_CELL; j++) {
      // The coset's number to the power -j, for the polynomial in X / h.
      const shift = (SCALARS_EXTENDED - ((coset * j) % SCALARS_EXTENDED)) % SCALARS_EXTENDED;
      mcl.mclBnFr_mul(term, values + j * SCALAR_BYTES, extended + shift * SCALAR_BYTES);
      mcl.mclBnFr_mul(term, term, challenge);
      mcl.mclBnFr_sub(secret + j * SCALAR_BYTES, secret + j * SCALAR_BYTES, term);
    }
  }
  mcl.free(values);
  return areScalars;
}
