import { decodePacket, type Packet } from "@dragoman/quant";
import type { Queryable } from "@dragoman/store";
import type { StepKind } from "../rows/transfer-rows.ts";
import { BLOCK_COLUMNS, type BlockRow, blockOf, type IndexedBlock } from "./blocks.ts";
import { type Page, type Slice, sliceOf } from "./page.ts";

export const TRANSFER_STATUSES = ["INITIATED", "SOURCE_FINAL", "EXECUTED", "REFUNDED"] as const;
/** How far a transfer has come. */
export type TransferStatus = (typeof TRANSFER_STATUSES)[number];

/** A change of a transfer's status. */
export interface IndexedTransferStep {
  readonly status: TransferStatus;
  /** Of SOURCE_FINAL: the block that made the source's block final, or one soon after it. */
  readonly block: IndexedBlock;
  /** Undefined for SOURCE_FINAL. */
  readonly transaction: string | undefined;
}

/** A packet, and what became of it. */
export interface IndexedTransfer {
  /** keccak-256 of the packet's bytes, 0x hex. */
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly packet: Packet;
  readonly status: TransferStatus;
  /** In the order of cause and effect: the chains' clocks may disagree. */
  readonly steps: readonly IndexedTransferStep[];
}

/** Place of a transfer in the list, newest first. */
export interface TransferKey {
  /** Of the source's block, seconds since 1970-01-01. */
  readonly openedAt: number;
  readonly id: string;
}

export interface TransferFilter {
  /** Domains of the chains that are of interest: transfers between them only. */
  readonly domains?: readonly number[] | undefined;
  /** Who sends or receives, with the domain of the chain. */
  readonly owners?: readonly { readonly domain: number; readonly owner: string }[] | undefined;
  readonly statuses?: readonly TransferStatus[] | undefined;
}

interface TransferRow {
  readonly id: string;
  readonly packet: Uint8Array;
  readonly status: TransferStatus;
  readonly opened_at: bigint;
}

/** Transfers, newest first. */
export async function readTransfers(
  db: Queryable,
  { domains, owners, statuses }: TransferFilter,
  page: Page<TransferKey>,
): Promise<Slice<IndexedTransfer, TransferKey>> {
  const { after, first } = page;
  const rows = await db.query<TransferRow>(
    `SELECT id, packet, status, opened_at FROM transfer t
     WHERE ($1::text[] IS NULL OR status = ANY($1))
       AND ($2::text[] IS NULL OR EXISTS (SELECT FROM unnest($2::text[], $3::bigint[]) AS o (owner, domain)
         WHERE (t.sender = o.owner AND t.source = o.domain) OR (t.recipient = o.owner AND t.destination = o.domain)))
       AND ($4::bigint IS NULL OR (opened_at, id) < ($4, $5))
       AND ($7::bigint[] IS NULL OR (source = ANY($7) AND destination = ANY($7)))
     ORDER BY opened_at DESC, id DESC LIMIT $6`,
    [
      statuses ?? null,
      owners?.map(({ owner }) => owner) ?? null,
      owners?.map(({ domain }) => domain) ?? null,
      after?.openedAt ?? null,
      after?.id ?? null,
      first + 1,
      domains ?? null,
    ],
  );
  const { items, hasNext } = sliceOf(rows, page, ({ id, opened_at }) => ({
    id,
    openedAt: Number(opened_at),
  }));
  const transfers = await withSteps(
    db,
    items.map(({ row }) => row),
  );
  return { items: items.map(({ key }, i) => ({ key, row: transfers[i]! })), hasNext };
}

/** The transfers of these identifiers that there are. */
export async function readTransfersById(
  db: Queryable,
  ids: readonly string[],
): Promise<IndexedTransfer[]> {
  const rows = await db.query<TransferRow>(
    "SELECT id, packet, status, opened_at FROM transfer WHERE id = ANY($1) ORDER BY opened_at DESC, id DESC",
    [ids],
  );
  return withSteps(db, rows);
}

/** The transfer of a source's sequence number; undefined if there is none. */
export async function readTransferAt(
  db: Queryable,
  source: number,
  sequence: bigint,
): Promise<IndexedTransfer | undefined> {
  const rows = await db.query<TransferRow>(
    "SELECT id, packet, status, opened_at FROM transfer WHERE source = $1 AND sequence = $2 ORDER BY opened_at DESC LIMIT 1",
    [source, sequence],
  );
  return (await withSteps(db, rows))[0];
}

interface StepRow extends BlockRow {
  readonly transfer: string;
  readonly kind: StepKind | "FINAL";
  readonly transaction: string | null;
}

const STATUS_OF: Readonly<Record<StepRow["kind"], TransferStatus>> = {
  SENT: "INITIATED",
  FINAL: "SOURCE_FINAL",
  RECEIVED: "EXECUTED",
  REFUNDED: "REFUNDED",
};

async function withSteps(
  db: Queryable,
  transfers: readonly TransferRow[],
): Promise<IndexedTransfer[]> {
  const rows = await db.query<StepRow>(
    `SELECT * FROM (
       SELECT s.transfer, s.kind, e.transaction, ${BLOCK_COLUMNS} FROM transfer_step s
         JOIN event e USING (chain, height, place) JOIN block b ON b.chain = s.chain AND b.height = s.height JOIN chain c ON c.id = s.chain
         WHERE s.transfer = ANY($1)
       UNION ALL
       SELECT s.transfer, 'FINAL', NULL, ${BLOCK_COLUMNS} FROM transfer_step s JOIN chain c ON c.id = s.chain
         JOIN block b ON b.chain = s.chain AND b.height = coalesce((SELECT min(height) FROM block WHERE chain = s.chain
           AND height >= s.height + c.finality_depth), c.tip_height)
         WHERE s.transfer = ANY($1) AND s.kind = 'SENT' AND s.height <= c.final_height) q
     ORDER BY array_position('{SENT,FINAL,RECEIVED,REFUNDED}'::text[], kind)`,
    [transfers.map(({ id }) => id)],
  );
  return transfers.map(({ id, packet, status }) => {
    const bytes = new Uint8Array(packet);
    const steps = rows
      .filter(({ transfer }) => transfer === id)
      .map((row) => ({
        status: STATUS_OF[row.kind],
        block: blockOf(row),
        transaction: row.transaction ?? undefined,
      }));
    return { id, bytes, packet: decodePacket(bytes), status, steps };
  });
}
