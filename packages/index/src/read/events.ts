import type { ChainId, MarketEvent } from "@dragoman/chain";
import type { Queryable } from "@dragoman/store";
import { eventOf } from "../event-data.ts";
import { BLOCK_COLUMNS, type BlockRow, blockOf, type IndexedBlock } from "./blocks.ts";
import { type Page, type Slice, sliceOf } from "./page.ts";

/** An event in its block. */
export interface IndexedEvent<Event extends MarketEvent = MarketEvent> {
  readonly block: IndexedBlock;
  /** Position among the block's market events. */
  readonly place: number;
  readonly transaction: string;
  readonly event: Event;
}

/** Place of an event in the lists, newest first: it stays where it is when other blocks come and go. */
export interface EventKey {
  /** Of the block, seconds since 1970-01-01. */
  readonly timestamp: number;
  readonly chain: ChainId;
  readonly height: number;
  readonly place: number;
}

type TypeOf = MarketEvent["type"];

export interface EventFilter<Type extends TypeOf = TypeOf> {
  readonly types: readonly Type[];
  readonly chains?: readonly ChainId[] | undefined;
  /** Whom the event is about; not the liquidator, and no ends of packets. */
  readonly owner?: { readonly chain: ChainId; readonly owner: string } | undefined;
  /** Blocks of these heights only. */
  readonly heights?: readonly [first: number, last: number] | undefined;
}

interface EventRow extends BlockRow {
  readonly place: number;
  readonly transaction: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const SELECT = `SELECT ${BLOCK_COLUMNS}, e.place, e.transaction, e.data FROM event e
  JOIN block b ON b.chain = e.chain AND b.height = e.height JOIN chain c ON c.id = e.chain`;

const indexedOf = <Event extends MarketEvent>(row: EventRow): IndexedEvent<Event> => ({
  block: blockOf(row),
  place: row.place,
  transaction: row.transaction,
  event: eventOf(row.data) as Event,
});

export const eventKey = ({ block, place }: IndexedEvent): EventKey => ({
  timestamp: block.timestamp,
  chain: block.chain,
  height: block.height,
  place,
});

/** Events, newest first. */
export async function readEvents<Type extends TypeOf>(
  db: Queryable,
  { types, chains, owner, heights }: EventFilter<Type>,
  page: Page<EventKey>,
): Promise<Slice<IndexedEvent<Extract<MarketEvent, { type: Type }>>, EventKey>> {
  const { after } = page;
  const rows = await db.query<EventRow>(
    `${SELECT} WHERE e.type = ANY($1) AND ($2::text[] IS NULL OR e.chain = ANY($2))
       AND ($3::text IS NULL OR (e.owner = $3 AND e.chain = $4))
       AND ($5::bigint IS NULL OR (e.timestamp, e.chain, e.height, e.place) < ($5, $6, $7, $8))
       AND ($9::integer IS NULL OR e.height BETWEEN $9 AND $10)
     ORDER BY e.timestamp DESC, e.chain DESC, e.height DESC, e.place DESC LIMIT $11`,
    [
      types,
      chains ?? null,
      owner?.owner ?? null,
      owner?.chain ?? null,
      after?.timestamp ?? null,
      after?.chain ?? null,
      after?.height ?? null,
      after?.place ?? null,
      heights?.[0] ?? null,
      heights?.[1] ?? null,
      page.first + 1,
    ],
  );
  const events = rows.map((row) => indexedOf<Extract<MarketEvent, { type: Type }>>(row));
  return sliceOf(events, page, eventKey);
}

/** One event; undefined if there is none at that place (any more). */
export async function readEvent(
  db: Queryable,
  chain: ChainId,
  height: number,
  place: number,
): Promise<IndexedEvent | undefined> {
  const [row] = await db.query<EventRow>(
    `${SELECT} WHERE e.chain = $1 AND e.height = $2 AND e.place = $3`,
    [chain, height, place],
  );
  return row === undefined ? undefined : indexedOf(row);
}
