import { decodeHex } from "@dragoman/bytes";
import type { MarketAction, MarketEvent } from "@dragoman/chain";
import type { MarketModel } from "./market-model.ts";

/**
 * What `sender` does to the market at `now` (seconds since 1970-01-01): the event, or a MarketError that leaves no trace. Who may publish prices
 * is the caller's to check: the model has no publisher.
 */
export function applyAction(
  model: MarketModel,
  action: MarketAction,
  sender: string,
  now: bigint,
): MarketEvent {
  switch (action.type) {
    case "deposit":
      return model.deposit(sender, action.amount);
    case "withdraw":
      return model.withdraw(sender, action.amount, now);
    case "fundPool":
      return model.fundPool(sender, action.amount);
    case "tradePerp":
      return model.tradePerp(sender, action.isLong, action.size, action.limit, now);
    case "tradeOption":
      return model.tradeOption(sender, action, action.isBuy, action.size, action.limit, now);
    case "settleOption":
      return model.settleOption(action.owner, action.slot, now);
    case "liquidate":
      return model.liquidate(action.owner, sender, now);
    case "publishPrice":
      return model.publishPrice(action.price, action.confidence, action.time, now);
    case "exportPosition":
      return model.exportPosition(
        sender,
        { ...action, recipient: decodeHex(action.recipient) },
        now,
      );
    case "importPacket":
      return model.importPacket(decodeHex(action.packet), action.signatures.map(decodeHex), now);
    case "refundPacket":
      return model.refundPacket(decodeHex(action.packet), action.signatures.map(decodeHex), now);
  }
}
