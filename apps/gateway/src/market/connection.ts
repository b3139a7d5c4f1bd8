import { refuse } from "@dragoman/fault";
import type { Page, Slice } from "@dragoman/index";

const FIRST_MAX = 100;
const CURSOR_LENGTH_MAX = 400;

/** A key of a list as plain values, in the order of its members. */
export type CursorParts = readonly (string | number | bigint)[];

/** How the keys of one list are written in cursors, and read from what clients send. */
export interface CursorForm<Key> {
  toParts(key: Key): CursorParts;
  /** Undefined if they are no key. */
  fromParts(parts: readonly string[]): Key | undefined;
}

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** A page in the form of Relay's specification of connections. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: PageInfo;
}

/** The page that a field's arguments ask for. Fault: INVALID_ARGUMENT. */
export function pageOf<Key>(
  { first, after }: { readonly first: number; readonly after?: string | null | undefined },
  form: CursorForm<Key>,
): Page<Key> {
  if (first < 1 || first > FIRST_MAX) {
    refuse("INVALID_ARGUMENT", undefined, `\`first\` is 1 to ${FIRST_MAX}, not ${first}`);
  }
  return after == null ? { first } : { first, after: readCursor(after, form) };
}

/** The answer to {@link pageOf}. */
export function connectionOf<Row, Key, Node>(
  { items, hasNext }: Slice<Row, Key>,
  page: Page<Key>,
  form: CursorForm<Key>,
  nodeOf: (row: Row) => Node,
): Connection<Node> {
  const edges = items.map(({ row, key }) => ({
    cursor: writeCursor(form.toParts(key)),
    node: nodeOf(row),
  }));
  return {
    edges,
    pageInfo: {
      hasNextPage: hasNext,
      hasPreviousPage: page.after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const writeCursor = (parts: CursorParts): string =>
  Buffer.from(parts.join(" ")).toString("base64url");

function readCursor<Key>(cursor: string, form: CursorForm<Key>): Key {
  const isShort = cursor.length <= CURSOR_LENGTH_MAX;
  const parts = isShort ? Buffer.from(cursor, "base64url").toString().split(" ") : [];
  const key = form.fromParts(parts);
  if (key !== undefined) return key;
  return refuse("INVALID_ARGUMENT", undefined, "`after` is no cursor of this list");
}

/** The integer of a part, of at most 15 digits; undefined if it is none. */
export const countOf = (part: string | undefined): number | undefined =>
  part !== undefined && /^[0-9]{1,15}$/.test(part) ? Number(part) : undefined;
