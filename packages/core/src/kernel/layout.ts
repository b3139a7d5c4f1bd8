/** Cells of the kernel in linear memory; `packages/core/kernel/cells.ts` must agree. */
export const KERNEL_CELLS = {
  /** Four limbs: the word that the last word operation yielded. */
  RESULT: 64,
} as const;
