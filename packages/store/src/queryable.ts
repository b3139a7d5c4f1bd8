/** What a statement may be given. Bytes go to `bytea`, bigints to `bigint` and `numeric`, arrays to arrays. */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly (string | number | bigint | boolean | null | Uint8Array)[];

/** Where statements run: a database, each for itself, or a transaction. */
export interface Queryable {
  /**
   * Runs one statement with `$1`, `$2` … for `values`; several, divided by semicolons, if there are no values. `bigint` and `numeric` columns are
   * bigints. Rejects with the error of `pg` for a wrong statement, with a FaultError INVALID_DATABASE if the server is gone.
   */
  query<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly SqlValue[],
  ): Promise<Row[]>;
}
