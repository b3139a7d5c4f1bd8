import { readEvents, readTransferAt, readTransfers } from "@dragoman/index";
import type { QueryResolvers } from "@dragoman/schema";
import type { GatewayContext } from "../context.ts";
import { connectionOf, pageOf } from "../market/connection.ts";
import { EVENT_CURSOR, TRANSFER_CURSOR } from "../market/cursor-forms.ts";
import { parseNodeIdOf } from "../market/node-id.ts";
import { shownLiquidation, shownUpdate } from "../market/shown-events.ts";
import { shownTransfer } from "../market/shown-transfer.ts";

/** What has happened: prices, liquidations, transfers. */
export const historyQueries: Required<
  Pick<QueryResolvers<GatewayContext>, "oraclePrices" | "liquidations" | "transfer" | "transfers">
> = {
  async oraclePrices(_, args, { view }) {
    const page = pageOf(args, EVENT_CURSOR);
    const filter = { types: ["OracleUpdated"] as const, chains: await view.read(args.chains) };
    const slice = await readEvents(view.database, filter, page);
    return connectionOf(slice, page, EVENT_CURSOR, shownUpdate);
  },
  async liquidations(_, args, { chains, view }) {
    const page = pageOf(args, EVENT_CURSOR);
    const { owner } = args;
    const filter = {
      types: ["Liquidated"] as const,
      chains: await view.read(args.chains),
      owner: owner == null ? undefined : { chain: owner.chain, owner: chains.ownerOf(owner) },
    };
    const slice = await readEvents(view.database, filter, page);
    return connectionOf(slice, page, EVENT_CURSOR, (row) => shownLiquidation(row, chains));
  },
  transfer: (_, { id }, context) => {
    const { source, sequence } = parseNodeIdOf("Transfer", id);
    return transferAt(source, sequence, context);
  },
  async transfers(_, args, { chains, view }) {
    const page = pageOf(args, TRANSFER_CURSOR);
    const { owner, statuses } = args;
    const filter = {
      domains: chains.all().map(({ domain }) => domain),
      owners:
        owner == null
          ? undefined
          : [{ domain: chains.of(owner.chain).domain, owner: chains.ownerOf(owner) }],
      statuses: statuses ?? undefined,
    };
    const slice = await readTransfers(view.database, filter, page);
    return connectionOf(slice, page, TRANSFER_CURSOR, (row) => shownTransfer(row, chains));
  },
};

/** The transfer of a source's sequence number; null if there is none between chains that are followed. */
export async function transferAt(
  source: number,
  sequence: bigint,
  { chains, view }: GatewayContext,
): Promise<ReturnType<typeof shownTransfer> | null> {
  if (chains.ofDomain(source) === undefined) return null;
  const found = await readTransferAt(view.database, source, sequence);
  if (found === undefined || chains.ofDomain(found.packet.destination) === undefined) return null;
  return shownTransfer(found, chains);
}
