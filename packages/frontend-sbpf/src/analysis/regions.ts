/** Which region each register points into at the beginning of each block. */
export interface RegionGuesses {
  /** Eleven entries per block: 0 = unknown, else region number + 1. */
  readonly atStart: Uint8Array;
}
