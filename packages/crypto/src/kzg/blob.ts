import { refuse } from "@dragoman/fault";
import type { Pointer } from "../curve/mcl.ts";
import { bls12381 } from "../curve/pairing.ts";
import { SCALAR_BYTES } from "../curve/pairing-curve.ts";
import { scalarField } from "../curve/scalar-field.ts";
import { modexp } from "../modexp.ts";
import { allocatePoints, readKzgPoint, writeKzgPoint } from "./kzg-point.ts";
import { BLOB_SIZE, SCALARS_PER_BLOB } from "./kzg-sizes.ts";
import { lagrangePoints } from "./trusted-setup.ts";

/** A blob's values, which are a polynomial's at the roots of unity in the order of reversed bits, and room to compute with them. */
interface BlobRoom {
  readonly values: Pointer;
  readonly roots: Pointer;
  readonly inverses: Pointer;
  readonly quotient: Pointer;
  readonly term: Pointer;
  readonly sum: Pointer;
  readonly point: Pointer;
}

let room: BlobRoom | undefined;

export function blobRoom(): BlobRoom {
  if (room === undefined) {
    const scalars = scalarField();
    const roots = scalars.allocate(SCALARS_PER_BLOB);
    scalars.copy(roots, scalars.roots(SCALARS_PER_BLOB), SCALARS_PER_BLOB);
    scalars.permute(roots, SCALARS_PER_BLOB);
    room = {
      values: scalars.allocate(SCALARS_PER_BLOB),
      roots,
      inverses: scalars.allocate(SCALARS_PER_BLOB),
      quotient: scalars.allocate(SCALARS_PER_BLOB),
      term: scalars.allocate(1),
      sum: scalars.allocate(1),
      point: allocatePoints(1),
    };
  }
  return room;
}

/** Reads a blob; false if it has another length or a number that is not below the order. */
export function readBlob(blob: Uint8Array): boolean {
  return (
    blob.length === BLOB_SIZE && scalarField().read(blobRoom().values, blob, 0, SCALARS_PER_BLOB)
  );
}

/** {@link readBlob}, refusing what is no blob. */
export function requireBlob(blob: Uint8Array): void {
  if (!readBlob(blob)) {
    refuse("INVALID_BLOB", undefined, `a blob is ${SCALARS_PER_BLOB} scalars of BLS12-381`);
  }
}

/** Reads a commitment into `to`, refusing what is none. */
export function requireCommitment(to: Pointer, commitment: Uint8Array): void {
  if (!readKzgPoint(to, commitment)) {
    refuse("INVALID_KZG_COMMITMENT", undefined, "a commitment is a compressed point of G1");
  }
}

/** Commitment of the values at `from`: 48 bytes. */
export function commitValues(from: Pointer): Uint8Array<ArrayBuffer> {
  const { point } = blobRoom();
  bls12381().curve.mcl.mclBnG1_mulVec(point, lagrangePoints(), from, SCALARS_PER_BLOB);
  return writeKzgPoint(point);
}

/**
 * The value at `z` of the polynomial that {@link readBlob} read, by the barycentric formula, into `to` (consensus-specs deneb,
 * `evaluate_polynomial_in_evaluation_form`). Answers the index of the root that `z` is, -1 if it is none. Leaves 1 / (z - root) in
 * `inverses`, unless it is one.
 */
export function evaluateBlob(to: Pointer, z: Pointer): number {
  const { values, roots, inverses, term, sum } = blobRoom();
  const scalars = scalarField();
  const { mcl, row } = scalars.curve;
  for (let i = 0; i < SCALARS_PER_BLOB; i++) {
    const at = i * SCALAR_BYTES;
    mcl.mclBnFr_sub(inverses + at, z, roots + at);
    if (mcl.mclBnFr_isZero(inverses + at) === 1) {
      scalars.copy(to, values + at);
      return i;
    }
  }
  mcl.mclBnFr_invVec(inverses, inverses, SCALARS_PER_BLOB);
  mcl.mclBnFr_setInt32(sum, 0);
  for (let at = 0; at < BLOB_SIZE; at += SCALAR_BYTES) {
    mcl.mclBnFr_mul(term, values + at, roots + at);
    mcl.mclBnFr_mul(term, term, inverses + at);
    mcl.mclBnFr_add(sum, sum, term);
  }
  // (z^n - 1) / n
  scalars.copy(to, z);
  for (let power = 1; power < SCALARS_PER_BLOB; power *= 2) mcl.mclBnFr_mul(to, to, to);
  mcl.mclBnFr_setInt32(term, 1);
  mcl.mclBnFr_sub(to, to, term);
  scalars.set(term, modexp(BigInt(SCALARS_PER_BLOB), row.order - 2n, row.order));
  mcl.mclBnFr_mul(to, to, term);
  mcl.mclBnFr_mul(to, to, sum);
  return -1;
}
