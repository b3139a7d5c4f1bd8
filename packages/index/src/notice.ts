import type { Database, Queryable } from "@dragoman/store";

/** What a transaction of the index changed. */
export interface Notice {
  readonly chain: string;
  /** Owners whose accounts changed; undefined = any may have. */
  readonly owners?: readonly string[];
  /** Transfers whose status may have changed; undefined = any may have. */
  readonly transfers?: readonly string[];
  /** Heights of the blocks that were written, first and last; undefined = none. */
  readonly written?: readonly [first: number, last: number];
}

const CHANNEL = "dragoman_index";
/** PostgreSQL's own limit is 8,000 bytes. */
const PAYLOAD_BYTES_MAX = 7000;

/** Tells the listeners, once the transaction has ended. */
export async function notify(tx: Queryable, notice: Notice): Promise<void> {
  const text = JSON.stringify(notice);
  const { chain, written } = notice;
  const short = text.length <= PAYLOAD_BYTES_MAX ? text : JSON.stringify({ chain, written });
  await tx.query("SELECT pg_notify($1, $2)", [CHANNEL, short]);
}

/** Calls `sink` for every change of the index from now on; with undefined when changes may have been missed. The result ends it. */
export const listenToIndex = (
  database: Database,
  sink: (notice: Notice | undefined) => void,
): Promise<() => Promise<void>> =>
  database.listen(CHANNEL, (payload) =>
    sink(payload === undefined ? undefined : (JSON.parse(payload) as Notice)),
  );
