import type { Pointer } from "../curve/mcl.ts";
import { bls12381 } from "../curve/pairing.ts";
import { G1_BYTES, SCALAR_BYTES } from "../curve/pairing-curve.ts";
import { reverseBits, scalarField } from "../curve/scalar-field.ts";
import { allocatePoints, writeKzgPoint } from "./kzg-point.ts";
import { CELLS_PER_BLOB, SCALARS_PER_BLOB, SCALARS_PER_CELL } from "./kzg-sizes.ts";
import { transformPoints } from "./point-transform.ts";
import { g1PowersOf } from "./trusted-setup.ts";

/** Coefficients that one offset takes: those whose index is the offset modulo the cell's size. */
const STRIDE = SCALARS_PER_BLOB / SCALARS_PER_CELL;

/** Transforms of the setup by cell and offset, 8,192 points. */
let columns: Pointer = 0;
let room: { readonly row: Pointer; readonly rows: Pointer; readonly points: Pointer } | undefined;

/**
 * Proofs of all cells of the polynomial with the given coefficients, by the method of Feist and Khovratovich ("Fast amortized KZG proofs",
 * section 3: a product of Toeplitz matrices with the setup, in the domain of their transforms).
 */
export function proveCells(coefficients: Pointer): readonly Uint8Array[] {
  const { mcl } = bls12381().curve;
  const scalars = scalarField();
  room ??= {
    row: scalars.allocate(CELLS_PER_BLOB),
    rows: scalars.allocate(CELLS_PER_BLOB * SCALARS_PER_CELL),
    points: allocatePoints(CELLS_PER_BLOB),
  };
  const { row, rows, points } = room;
  const setup = transformedSetup();
  for (let offset = 0; offset < SCALARS_PER_CELL; offset++) {
    setToeplitzRow(row, coefficients, offset);
    scalars.transform(row, CELLS_PER_BLOB);
    for (let cell = 0; cell < CELLS_PER_BLOB; cell++) {
      const to = rows + (cell * SCALARS_PER_CELL + offset) * SCALAR_BYTES;
      scalars.copy(to, row + cell * SCALAR_BYTES);
    }
  }
  for (let cell = 0; cell < CELLS_PER_BLOB; cell++) {
    const first = cell * SCALARS_PER_CELL;
    const to = points + cell * G1_BYTES;
    const from = setup + first * G1_BYTES;
    mcl.mclBnG1_mulVec(to, from, rows + first * SCALAR_BYTES, SCALARS_PER_CELL);
  }
  transformPoints(points, CELLS_PER_BLOB, "inverse");
  bls12381().curve.bytes.fill(0, points + STRIDE * G1_BYTES, points + CELLS_PER_BLOB * G1_BYTES);
  transformPoints(points, CELLS_PER_BLOB, "forward");
  return Array.from({ length: CELLS_PER_BLOB }, (_, cell) =>
    writeKzgPoint(points + reverseBits(cell, CELLS_PER_BLOB) * G1_BYTES),
  );
}

/** First column of the circulant matrix that holds the Toeplitz matrix of one offset. */
function setToeplitzRow(row: Pointer, coefficients: Pointer, offset: number): void {
  const scalars = scalarField();
  scalars.curve.bytes.fill(0, row, row + CELLS_PER_BLOB * SCALAR_BYTES);
  const last = SCALARS_PER_BLOB - 1 - offset;
  scalars.copy(row, coefficients + last * SCALAR_BYTES);
  for (let i = STRIDE + 2; i < CELLS_PER_BLOB; i++) {
    const from = 2 * SCALARS_PER_CELL - offset - 1 + (i - STRIDE - 2) * SCALARS_PER_CELL;
    scalars.copy(row + i * SCALAR_BYTES, coefficients + from * SCALAR_BYTES);
  }
}

/** For each offset the setup's powers that meet its coefficients, highest first, transformed; laid out by cell. */
function transformedSetup(): Pointer {
  if (columns !== 0) return columns;
  const { curve } = bls12381();
  const powers = g1PowersOf(SCALARS_PER_BLOB);
  const column = allocatePoints(CELLS_PER_BLOB);
  const all = allocatePoints(CELLS_PER_BLOB * SCALARS_PER_CELL);
  for (let offset = 0; offset < SCALARS_PER_CELL; offset++) {
    curve.bytes.fill(0, column, column + CELLS_PER_BLOB * G1_BYTES);
    for (let i = 0; i + 1 < STRIDE; i++) {
      const power = SCALARS_PER_BLOB - SCALARS_PER_CELL - 1 - offset - i * SCALARS_PER_CELL;
      const from = powers + power * G1_BYTES;
      curve.bytes.copyWithin(column + i * G1_BYTES, from, from + G1_BYTES);
    }
    transformPoints(column, CELLS_PER_BLOB, "forward");
    for (let cell = 0; cell < CELLS_PER_BLOB; cell++) {
      const from = column + cell * G1_BYTES;
      const to = all + (cell * SCALARS_PER_CELL + offset) * G1_BYTES;
      curve.bytes.copyWithin(to, from, from + G1_BYTES);
    }
  }
  curve.mcl.mclBnG1_normalizeVec(all, all, CELLS_PER_BLOB * SCALARS_PER_CELL);
  columns = all;
  return columns;
}
