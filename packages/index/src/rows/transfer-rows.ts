import { decodeHex, encodeHex } from "@dragoman/bytes";
import type { FollowedBlock, MarketEvent } from "@dragoman/chain";
import { decodePacket, packetId } from "@dragoman/quant";
import type { Queryable } from "@dragoman/store";

const STEP_KINDS: Readonly<Partial<Record<MarketEvent["type"], StepKind>>> = {
  PacketSent: "SENT",
  PacketReceived: "RECEIVED",
  PacketRefunded: "REFUNDED",
};

/** What a chain says of a packet. */
export type StepKind = "SENT" | "RECEIVED" | "REFUNDED";

/** Writes what a block says of packets; gives their identifiers. Statuses are for {@link refreshTransfers}. */
export async function writeSteps(
  tx: Queryable,
  chain: string,
  { ref, events }: FollowedBlock,
): Promise<string[]> {
  const ids: string[] = [];
  for (const { event, index } of events) {
    const kind = STEP_KINDS[event.type];
    if (kind === undefined || !("packet" in event)) continue;
    const bytes = decodeHex(event.packet);
    const { source, destination, sequence, sender, recipient } = decodePacket(bytes);
    const id = encodeHex(packetId(bytes));
    await tx.query(
      `INSERT INTO transfer VALUES ($1, $2, $3, $4, $5, $6, $7, 'INITIATED', $8) ON CONFLICT DO NOTHING`,
      [
        id,
        bytes,
        source,
        destination,
        sequence,
        encodeHex(sender),
        encodeHex(recipient),
        ref.timestamp,
      ],
    );
    await tx.query("INSERT INTO transfer_step VALUES ($1, $2, $3, $4, $5)", [
      chain,
      ref.height,
      index,
      id,
      kind,
    ]);
    ids.push(id);
  }
  return ids;
}

/**
 * Brings status and moment of transfers in line with their steps, and removes those that have none left. The moment is that of the source's
 * block, of another step's only while the source's is not known.
 */
export async function refreshTransfers(tx: Queryable, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `UPDATE transfer t SET status = s.status, opened_at = s.opened_at FROM (
       SELECT s.transfer AS id,
         CASE WHEN bool_or(s.kind = 'REFUNDED') THEN 'REFUNDED' WHEN bool_or(s.kind = 'RECEIVED') THEN 'EXECUTED'
           WHEN bool_or(s.height <= c.final_height) THEN 'SOURCE_FINAL' ELSE 'INITIATED' END AS status,
         coalesce(min(b.timestamp) FILTER (WHERE s.kind = 'SENT'), min(b.timestamp)) AS opened_at
       FROM transfer_step s JOIN chain c ON c.id = s.chain JOIN block b ON b.chain = s.chain AND b.height = s.height
       WHERE s.transfer = ANY($1) GROUP BY s.transfer) s
     WHERE t.id = s.id`,
    [ids],
  );
  await tx.query(
    "DELETE FROM transfer t WHERE id = ANY($1) AND NOT EXISTS (SELECT FROM transfer_step s WHERE s.transfer = t.id)",
    [ids],
  );
}

/** Transfers of which blocks of a chain from `height` on say something. */
export async function transfersFrom(
  tx: Queryable,
  chain: string,
  height: number,
): Promise<string[]> {
  const rows = await tx.query<{ transfer: string }>(
    "SELECT DISTINCT transfer FROM transfer_step WHERE chain = $1 AND height >= $2",
    [chain, height],
  );
  return rows.map(({ transfer }) => transfer);
}
