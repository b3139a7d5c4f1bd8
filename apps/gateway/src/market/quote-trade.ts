import { type ChainAdapter, ChainError, type TradeAction, type TradeQuote } from "@dragoman/chain";
import type { ChainAdapters } from "./chain-adapters.ts";

/** A trade's price on one market. */
export interface Venue {
  readonly adapter: ChainAdapter;
  readonly quote: TradeQuote;
  /** What the trade costs at once; negative: it pays. 1e-6 USD. */
  readonly total: bigint;
}

export interface MissingVenue {
  readonly adapter: ChainAdapter;
  readonly marketError: number | undefined;
  readonly reason: string;
}

/** Whether the trade buys. */
const isBuyer = (trade: TradeAction): boolean =>
  trade.type === "tradePerp" ? trade.isLong : trade.isBuy;

/** Asks every market at once; the venues come best first. */
export async function quoteTrade(
  trade: TradeAction,
  adapters: readonly ChainAdapter[],
): Promise<{ readonly venues: readonly Venue[]; readonly missing: readonly MissingVenue[] }> {
  const results = await Promise.allSettled(adapters.map((adapter) => adapter.quote(trade)));
  const venues: Venue[] = [];
  const missing: MissingVenue[] = [];
  for (const [i, result] of results.entries()) {
    const adapter = adapters[i]!;
    if (result.status === "fulfilled") {
      const { premium, fee } = result.value;
      const total = isBuyer(trade) ? premium + fee : fee - premium;
      venues.push({ adapter, quote: result.value, total });
    } else {
      const error: unknown = result.reason;
      if (!(error instanceof ChainError)) throw error;
      missing.push({ adapter, marketError: error.marketError, reason: error.message });
    }
  }
  return { venues: venues.sort((a, b) => compareVenues(trade, a, b)), missing };
}

/**
 * Lower cost first. A perpetual costs its fee at once, but what it is entered at matters for its whole size, so its price decides first: low for
 * a buyer, high for a seller.
 */
function compareVenues(trade: TradeAction, a: Venue, b: Venue): number {
  if (trade.type === "tradePerp" && a.quote.price !== b.quote.price) {
    return a.quote.price < b.quote.price === trade.isLong ? -1 : 1;
  }
  if (a.total !== b.total) return a.total < b.total ? -1 : 1;
  return a.adapter.domain - b.adapter.domain;
}

/** Quotes on the chosen chains, or on all. */
export const quoteOn = (
  trade: TradeAction,
  chains: ChainAdapters,
  ids: readonly string[] | null | undefined,
): ReturnType<typeof quoteTrade> => quoteTrade(trade, chains.chosen(ids));
