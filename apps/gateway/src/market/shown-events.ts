import type { MarketEvent } from "@dragoman/chain";
import type { IndexedEvent } from "@dragoman/index";
import { isUsablePrice } from "@dragoman/quant";
import type { BlockModel, ResolversParentTypes } from "@dragoman/schema";
import { accountIdOf } from "./account-ids.ts";
import { decimalOf } from "./amount.ts";
import type { ChainAdapters } from "./chain-adapters.ts";
import { formatNodeId } from "./node-id.ts";
import { blockModel } from "./shown-blocks.ts";

type EventOf<Type extends MarketEvent["type"]> = Extract<MarketEvent, { readonly type: Type }>;

/** What an oracle account says, seen from a block. */
export function shownPrice(
  oracle: { readonly price: bigint; readonly confidence: bigint; readonly priceTime: bigint },
  anchor: BlockModel,
): ResolversParentTypes["OraclePrice"] {
  const { price, confidence, priceTime } = oracle;
  const now = BigInt(anchor.ref.timestamp);
  return {
    market: { chain: anchor.chain },
    price: decimalOf(price),
    confidence: decimalOf(confidence),
    publishedAt: priceTime,
    // A market without a price has one of 1970; ages beyond the schema's Int are shown as the largest.
    age: Math.min(Math.max(0, Number(now - priceTime)), 2 ** 31 - 1),
    usable: price > 0n && isUsablePrice(oracle, now),
    anchor,
  };
}

export const shownUpdate = ({
  block,
  event,
}: IndexedEvent<EventOf<"OracleUpdated">>): ResolversParentTypes["OraclePrice"] =>
  shownPrice({ ...event, priceTime: event.time }, blockModel(block));

export function shownLiquidation(
  { block, place, transaction, event }: IndexedEvent<EventOf<"Liquidated">>,
  chains: ChainAdapters,
): ResolversParentTypes["Liquidation"] {
  const { chain, height } = block;
  const adapter = chains.of(chain);
  return {
    id: formatNodeId({ type: "Liquidation", chain, height, index: place }),
    market: { chain },
    owner: accountIdOf(adapter, event.owner),
    liquidator: accountIdOf(adapter, event.liquidator),
    equity: event.equity,
    reward: event.reward,
    badDebt: event.badDebt,
    block: blockModel(block),
    transaction,
  };
}
