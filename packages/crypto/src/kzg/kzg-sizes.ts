/** Sizes of EIP-4844 and EIP-7594, in bytes where they do not count scalars. */
export const SCALARS_PER_BLOB = 4096;
export const SCALARS_PER_CELL = 64;
export const CELLS_PER_BLOB = 128;
export const BLOB_SIZE = SCALARS_PER_BLOB * 32;
export const CELL_SIZE = SCALARS_PER_CELL * 32;
/** A compressed point of G1: a commitment or a proof. */
export const POINT_SIZE = 48;
