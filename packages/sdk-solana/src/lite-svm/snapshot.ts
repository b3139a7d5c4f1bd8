/** A point in the history of a chain, for `LiteSVM.revert`. */
export interface Snapshot {
  readonly mark: number;
  readonly blockhash: Uint8Array;
}
