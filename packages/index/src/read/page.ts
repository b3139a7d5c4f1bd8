/** A page of a list, behind a key of it. */
export interface Page<Key> {
  /** How many at most. */
  readonly first: number;
  /** Key of the record behind which the page begins; default: the beginning. */
  readonly after?: Key | undefined;
}

/** Records of a page, with their keys. */
export interface Slice<Row, Key> {
  readonly items: readonly { readonly row: Row; readonly key: Key }[];
  readonly hasNext: boolean;
}

/** Cuts what was read, one more than asked for, to the page. */
export const sliceOf = <Row, Key>(
  rows: readonly Row[],
  { first }: Page<Key>,
  keyOf: (row: Row) => Key,
): Slice<Row, Key> => ({
  items: rows.slice(0, first).map((row) => ({ row, key: keyOf(row) })),
  hasNext: rows.length > first,
});
