import type { MutationResolvers, QueryResolvers, TransactionStatus } from "@dragoman/schema";
import type { GatewayContext } from "../context.ts";
import { actionOf, tradeOf } from "../market/action-input.ts";
import { quoteOn } from "../market/quote-trade.ts";
import { prepareAction, refuseChainError, statusOf, submitSigned } from "../market/transactions.ts";

/** What is asked of chains directly, not of the index. */
export const transactionQueries: Required<
  Pick<QueryResolvers<GatewayContext>, "quote" | "buildTransaction" | "transactionStatus">
> = {
  async quote(_, { trade, chains }, { chains: adapters }) {
    const { venues, missing } = await quoteOn(tradeOf(trade), adapters, chains);
    const shown = venues.map(({ adapter, quote, total }) => ({
      market: { chain: adapter.id },
      price: { raw: quote.price, decimals: 6 },
      premium: quote.premium,
      fee: quote.fee,
      total,
      at: { chain: adapter.id, ref: quote.at, isFinal: false },
    }));
    return {
      best: shown[0] ?? null,
      venues: shown,
      unavailable: missing.map(({ adapter, marketError, reason }) => ({
        market: { chain: adapter.id },
        marketError: marketError ?? null,
        reason,
      })),
    };
  },
  async buildTransaction(_, { sender, action }, { chains }) {
    const adapter = chains.of(sender.chain);
    const wanted = await actionOf(action, chains);
    return await prepareAction(adapter, sender.address, wanted).catch(refuseChainError);
  },
  async transactionStatus(_, { transaction }, { chains }) {
    const { chain } = transaction;
    const status = await statusOf(chains.of(chain), transaction).catch(refuseChainError);
    const isPlaced = status.state === "included" || status.state === "failed";
    return {
      state: STATES[status.state],
      block: isPlaced ? { chain, ref: status.block, isFinal: status.finality === "FINAL" } : null,
      marketError: status.state === "failed" ? (status.marketError ?? null) : null,
      reason: status.state === "failed" || status.state === "expired" ? status.reason : null,
    };
  },
};

const STATES = {
  unknown: "UNKNOWN",
  pending: "PENDING",
  included: "INCLUDED",
  failed: "FAILED",
  expired: "EXPIRED",
} as const satisfies Record<string, TransactionStatus["state"]>;

export const transactionMutations: Required<
  Pick<MutationResolvers<GatewayContext>, "submitTransaction">
> = {
  async submitTransaction(_, { transaction, sender, signature }, { chains }) {
    const adapter = chains.of(sender.chain);
    return await submitSigned(adapter, transaction, sender, signature).catch(refuseChainError);
  },
};
