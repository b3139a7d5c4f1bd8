import type { BlockRef, ChainFamily, ChainId } from "@dragoman/chain";
import type { Queryable } from "@dragoman/store";

/** A block that was read. */
export interface IndexedBlock extends BlockRef {
  readonly chain: ChainId;
  readonly isFinal: boolean;
}

/** A chain that is followed, as far as it has been read. */
export interface IndexedChain {
  readonly id: ChainId;
  readonly family: ChainFamily;
  readonly domain: number;
  readonly finalityDepth: number;
  /** Newest block that was read; undefined before the first. */
  readonly head: IndexedBlock | undefined;
  /** Newest final block that was read. */
  readonly finalized: IndexedBlock | undefined;
}

/** Columns of a block under the alias `b`, with its chain under `c`. */
export const BLOCK_COLUMNS =
  "b.chain, b.height, b.hash, b.parent_hash, b.timestamp, coalesce(b.height <= c.final_height, false) AS is_final";

export interface BlockRow {
  readonly chain: string;
  readonly height: number;
  readonly hash: string;
  readonly parent_hash: string;
  readonly timestamp: bigint;
  readonly is_final: boolean;
}

export const blockOf = (row: BlockRow): IndexedBlock => ({
  chain: row.chain,
  height: row.height,
  hash: row.hash,
  parentHash: row.parent_hash,
  timestamp: Number(row.timestamp),
  isFinal: row.is_final,
});

interface ChainRow {
  readonly id: string;
  readonly family: ChainFamily;
  readonly domain: number;
  readonly finality_depth: number;
  readonly tip_height: number | null;
  readonly final_height: number | null;
}

/** The chains that are followed, by their domains; of `ids` only, if given. */
export async function readChains(db: Queryable, ids?: readonly ChainId[]): Promise<IndexedChain[]> {
  const rows = await db.query<ChainRow>(
    "SELECT id, family, domain, finality_depth, tip_height, final_height FROM chain WHERE $1::text[] IS NULL OR id = ANY($1) ORDER BY domain",
    [ids ?? null],
  );
  const blocks = await db.query<BlockRow>(
    `SELECT ${BLOCK_COLUMNS} FROM chain c JOIN block b ON b.chain = c.id AND b.height IN (c.tip_height, c.final_height)`,
  );
  const find = (chain: string, height: number | null): IndexedBlock | undefined => {
    const row = blocks.find((each) => each.chain === chain && each.height === height);
    return row === undefined ? undefined : blockOf(row);
  };
  return rows.map(({ id, family, domain, finality_depth, tip_height, final_height }) => ({
    id,
    family,
    domain,
    finalityDepth: finality_depth,
    head: find(id, tip_height),
    finalized: find(id, final_height),
  }));
}
