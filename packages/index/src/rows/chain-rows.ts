import { emptyNumbers } from "@dragoman/quant";
import type { Queryable } from "@dragoman/store";
import type { FollowedChain } from "../followed-chain.ts";
import { writeNumbers } from "./market-rows.ts";
import { refreshTransfers, transfersFrom } from "./transfer-rows.ts";

/** How far a chain has been read. */
export interface ChainTip {
  /** Newest block that was read; undefined before the first. */
  readonly tip: { readonly height: number; readonly hash: string } | undefined;
  /** Height of the newest final block that was read. */
  readonly final: number | undefined;
}

/** How far a chain has been read; undefined if it has no row. `FOR UPDATE` inside a transaction that goes on from there. */
export async function readTip(
  db: Queryable,
  chain: string,
  lock: "" | "FOR UPDATE" = "",
): Promise<ChainTip | undefined> {
  const [row] = await db.query<{
    tip_height: number | null;
    tip_hash: string | null;
    final_height: number | null;
  }>(`SELECT tip_height, tip_hash, final_height FROM chain WHERE id = $1 ${lock}`, [chain]);
  if (row === undefined) return undefined;
  const { tip_height: height, tip_hash: hash, final_height } = row;
  return {
    tip: height === null || hash === null ? undefined : { height, hash },
    final: final_height ?? undefined,
  };
}

export async function writeTip(tx: Queryable, chain: string, tip: ChainTip["tip"]): Promise<void> {
  await tx.query("UPDATE chain SET tip_height = $2, tip_hash = $3 WHERE id = $1", [
    chain,
    tip?.height ?? null,
    tip?.hash ?? null,
  ]);
}

/** Rows of a chain that is followed from now on. `volatility` is its market's constant. */
export async function registerChain(
  tx: Queryable,
  { id, family, domain, finalityDepth }: FollowedChain,
  volatility: bigint,
): Promise<void> {
  const added = await tx.query(
    `INSERT INTO chain (id, family, domain, finality_depth) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id`,
    [id, family, domain, finalityDepth],
  );
  if (added.length > 0) await writeNumbers(tx, id, emptyNumbers(volatility));
}

/** Removes all that is known of a chain; gives the transfers that it had a part in. */
export async function forgetChain(tx: Queryable, chain: string): Promise<string[]> {
  const transfers = await transfersFrom(tx, chain, 0);
  await tx.query("DELETE FROM chain WHERE id = $1", [chain]);
  await refreshTransfers(tx, transfers);
  return transfers;
}

/** Empty final blocks of which one in this many is kept, to know the chain by. */
const KEPT_BLOCKS = 64;

/**
 * Makes the blocks up to `height` final: what would undo them goes, empty ones go but for one in {@link KEPT_BLOCKS}. Gives the transfers whose
 * status changes.
 */
export async function writeFinal(
  tx: Queryable,
  chain: string,
  height: number,
  before: number | undefined,
): Promise<string[]> {
  await tx.query("UPDATE chain SET final_height = $2 WHERE id = $1", [chain, height]);
  await tx.query("DELETE FROM undo WHERE chain = $1 AND height <= $2", [chain, height]);
  await tx.query(
    "DELETE FROM block WHERE chain = $1 AND height < $2 AND height >= $4 AND NOT has_events AND height % $3 <> 0",
    [chain, height, KEPT_BLOCKS, before ?? 0],
  );
  const rows = await tx.query<{ transfer: string }>(
    "SELECT transfer FROM transfer_step WHERE chain = $1 AND kind = 'SENT' AND height > $2 AND height <= $3",
    [chain, before ?? -1, height],
  );
  const transfers = rows.map(({ transfer }) => transfer);
  await refreshTransfers(tx, transfers);
  return transfers;
}
