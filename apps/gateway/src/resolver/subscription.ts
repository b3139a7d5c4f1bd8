import { encodeHex } from "@dragoman/bytes";
import type { ChainId, MarketEvent } from "@dragoman/chain";
import {
  type IndexedEvent,
  type IndexedTransfer,
  readAccountsOf,
  readEvents,
  readTransfers,
  readTransfersById,
} from "@dragoman/index";
import type { SubscriptionResolvers } from "@dragoman/schema";
import type { GatewayContext } from "../context.ts";
import type { HeardNotice } from "../market/notice-hub.ts";
import { accountModel } from "../market/shown-blocks.ts";
import { shownLiquidation, shownUpdate } from "../market/shown-events.ts";
import { shownTransfer } from "../market/shown-transfer.ts";
import { subscribe } from "../market/subscribe.ts";

/** Events or transfers that are read at once. */
const BATCH = 1000;
const HEIGHT_MAX = 2 ** 31 - 1;

export const subscriptionResolvers: Required<SubscriptionResolvers<GatewayContext>> = {
  account: {
    subscribe(_, args, { chains, view, hub }) {
      const { chain } = args.owner;
      const owner = chains.ownerOf(args.owner);
      let shown = "";
      return subscribe(hub, async (notices) => {
        if (!notices.some((notice) => notice === undefined || notice.chain === chain)) return [];
        view.renew();
        const [found] = await readAccountsOf(view.database, [{ chain, owner }]);
        if (found === undefined) return [];
        const { account, numbers } = found;
        const parts = [account, numbers.price, numbers.volatility];
        const text = JSON.stringify(parts, (_key, part) =>
          typeof part === "bigint" ? `${part}` : part,
        );
        if (text === shown) return [];
        shown = text;
        return [{ account: accountModel(found) }];
      });
    },
  },
  liquidations: {
    subscribe: (_, args, context) =>
      subscribeToEvents("Liquidated", args.chains, context, (event) => ({
        liquidations: shownLiquidation(event, context.chains),
      })),
  },
  prices: {
    subscribe: (_, args, context) =>
      subscribeToEvents("OracleUpdated", args.chains, context, (event) => ({
        prices: shownUpdate(event),
      })),
  },
  transfers: {
    subscribe(_, { owner }, { chains, view, hub }) {
      const isConcerned = concerns(
        owner == null
          ? undefined
          : { domain: chains.of(owner.chain).domain, owner: chains.ownerOf(owner) },
        chains.all().map(({ domain }) => domain),
      );
      const statuses = new Map<string, string>();
      let isFirst = true;
      return subscribe(hub, async (notices) => {
        const found = await changedTransfers(notices, view.database);
        const changed = found.filter((transfer) => {
          if (!isConcerned(transfer) || statuses.get(transfer.id) === transfer.status) return false;
          statuses.set(transfer.id, transfer.status);
          return true;
        });
        view.renew();
        const isNews = !isFirst;
        isFirst = false;
        return isNews ? changed.map((row) => ({ transfers: shownTransfer(row, chains) })) : [];
      });
    },
  },
};

type EventOf<Type extends MarketEvent["type"]> = Extract<MarketEvent, { readonly type: Type }>;

/** Events of one type in blocks that are written from now on, oldest first. */
function subscribeToEvents<Type extends MarketEvent["type"], T>(
  type: Type,
  chosen: readonly ChainId[] | null | undefined,
  { chains, view, hub }: GatewayContext,
  show: (event: IndexedEvent<EventOf<Type>>) => T,
): AsyncIterable<T> {
  const ids = new Set(chains.chosen(chosen).map(({ id }) => id));
  /** Height of the newest block of each chain that has been looked at. */
  const seen = new Map<ChainId, number>();
  return subscribe(hub, async (notices) => {
    view.renew();
    const values: T[] = [];
    for (const [chain, range] of await writtenIn(notices, ids, seen, view)) {
      const filter = { types: [type], chains: [chain], heights: range };
      const { items } = await readEvents(view.database, filter, { first: BATCH });
      for (const { row } of [...items].reverse()) values.push(show(row));
    }
    return values;
  });
}

type HeightRange = readonly [first: number, last: number];

/** What was written of each chain; where notices were missed, everything above what was seen. Remembers it. */
async function writtenIn(
  notices: readonly HeardNotice[],
  ids: ReadonlySet<ChainId>,
  seen: Map<ChainId, number>,
  view: GatewayContext["view"],
): Promise<[ChainId, HeightRange][]> {
  const ranges: [ChainId, HeightRange][] = [];
  for (const notice of notices) {
    if (notice === undefined) {
      for (const id of await view.read([...ids])) {
        const from = seen.get(id);
        if (from !== undefined) ranges.push([id, [from + 1, HEIGHT_MAX]]);
        seen.set(id, (await view.chain(id)).head!.height);
      }
    } else if (notice.written !== undefined && ids.has(notice.chain)) {
      ranges.push([notice.chain, notice.written]);
      seen.set(notice.chain, notice.written[1]);
    }
  }
  return ranges;
}

/** Transfers that the notices name; the newest, where any may have changed. */
async function changedTransfers(
  notices: readonly HeardNotice[],
  database: GatewayContext["view"]["database"],
): Promise<readonly IndexedTransfer[]> {
  const ids = notices.flatMap((notice) => notice?.transfers ?? []);
  if (notices.every((notice) => notice?.transfers !== undefined)) {
    return ids.length === 0 ? [] : readTransfersById(database, ids);
  }
  const { items } = await readTransfers(database, {}, { first: BATCH });
  return items.map(({ row }) => row);
}

/** Whether a transfer is one between the domains, of the owner if there is one. */
const concerns =
  (
    end: { readonly domain: number; readonly owner: string } | undefined,
    domains: readonly number[],
  ) =>
  ({ packet }: IndexedTransfer): boolean => {
    const { source, destination, sender, recipient } = packet;
    if (!domains.includes(source) || !domains.includes(destination)) return false;
    if (end === undefined) return true;
    const isSender = source === end.domain && encodeHex(sender) === end.owner;
    return isSender || (destination === end.domain && encodeHex(recipient) === end.owner);
  };
