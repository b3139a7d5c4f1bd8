import type { Pointer } from "../curve/mcl.ts";
import { SCALAR_BYTES } from "../curve/pairing-curve.ts";
import { scalarField } from "../curve/scalar-field.ts";
import { blobRoom, requireBlob } from "./blob.ts";
import { proveCells } from "./cell-proofs.ts";
import { CELL_SIZE, CELLS_PER_BLOB, SCALARS_PER_BLOB } from "./kzg-sizes.ts";

const SCALARS_EXTENDED = 2 * SCALARS_PER_BLOB;

/** A blob's cells with their proofs (EIP-7594). */
export interface CellsAndProofs {
  /** 128 cells of 2,048 bytes. */
  readonly cells: readonly Uint8Array[];
  /** 128 proofs of 48 bytes. */
  readonly proofs: readonly Uint8Array[];
}

let coefficients: Pointer = 0;
let extended: Pointer = 0;

/**
 * The cells of a blob: its polynomial at twice as many roots of unity (consensus-specs fulu, `compute_cells`).
 *
 * @throws FaultError INVALID_BLOB
 */
export function computeCells(blob: Uint8Array): readonly Uint8Array[] {
  readCoefficients(blob);
  return extend();
}

/**
 * The cells of a blob and a proof for each (consensus-specs fulu, `compute_cells_and_kzg_proofs`). The first call takes seconds longer: it
 * transforms the setup.
 *
 * @throws FaultError INVALID_BLOB
 */
export function computeCellsAndKzgProofs(blob: Uint8Array): CellsAndProofs {
  readCoefficients(blob);
  const proofs = proveCells(coefficients);
  return { cells: extend(), proofs };
}

/** Leaves the coefficients of the blob's polynomial in `coefficients`. */
function readCoefficients(blob: Uint8Array): void {
  requireBlob(blob);
  const scalars = scalarField();
  if (coefficients === 0) coefficients = scalars.allocate(SCALARS_PER_BLOB);
  scalars.copy(coefficients, blobRoom().values, SCALARS_PER_BLOB);
  scalars.permute(coefficients, SCALARS_PER_BLOB);
  scalars.invert(coefficients, SCALARS_PER_BLOB);
}

function extend(): readonly Uint8Array[] {
  const scalars = scalarField();
  if (extended === 0) extended = scalars.allocate(SCALARS_EXTENDED);
  scalars.copy(extended, coefficients, SCALARS_PER_BLOB);
  const second = extended + SCALARS_PER_BLOB * SCALAR_BYTES;
  scalars.curve.bytes.fill(0, second, second + SCALARS_PER_BLOB * SCALAR_BYTES);
  scalars.transform(extended, SCALARS_EXTENDED);
  scalars.permute(extended, SCALARS_EXTENDED);
  const bytes = scalars.write(extended, SCALARS_EXTENDED);
  return Array.from({ length: CELLS_PER_BLOB }, (_, index) =>
    bytes.slice(index * CELL_SIZE, (index + 1) * CELL_SIZE),
  );
}
