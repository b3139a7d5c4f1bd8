import type { MarketAction, TradeAction } from "@dragoman/chain";
import { refuse } from "@dragoman/fault";
import { type ActionInput, type Decimal, scaleDecimal, type TradeInput } from "@dragoman/schema";
import type { ChainAdapters } from "./chain-adapters.ts";
import { parseNodeIdOf } from "./node-id.ts";

/** Digits of amounts, sizes and prices behind the point. */
export const DECIMALS = 6;
/** Largest limit that the market takes: any price or premium is below it. */
const LIMIT_ANY = (1n << 60n) - 1n;
/** How long a packet is valid if the client does not say: seconds. */
const TIMEOUT_DEFAULT = 3600n;

const micro = (value: Decimal): bigint => {
  const raw = scaleDecimal(value, DECIMALS);
  if (raw < 0n)
    refuse("VALUE_OUT_OF_RANGE", undefined, "amounts, sizes and prices are not negative");
  return raw;
};

/** The trade as the market takes it. Faults: VALUE_OUT_OF_RANGE. */
export function tradeOf({ perpetual, option }: TradeInput): TradeAction {
  if (perpetual != null) {
    const isLong = perpetual.side === "LONG";
    const limit = perpetual.limit == null ? (isLong ? LIMIT_ANY : 0n) : micro(perpetual.limit);
    return { type: "tradePerp", isLong, size: micro(perpetual.size), limit };
  }
  if (option == null)
    return refuse("INVALID_ARGUMENT", undefined, "a trade is a perpetual or an option");
  const isBuy = option.side === "LONG";
  return {
    type: "tradeOption",
    expiry: option.expiry,
    strike: micro(option.strike),
    isCall: option.optionType === "CALL",
    isBuy,
    size: micro(option.size),
    limit: option.limit == null ? (isBuy ? LIMIT_ANY : 0n) : micro(option.limit),
  };
}

/** The action as the market takes it. Faults: INVALID_ARGUMENT, VALUE_OUT_OF_RANGE, UNSUPPORTED_CHAIN, MALFORMED_ADDRESS. */
export async function actionOf(input: ActionInput, chains: ChainAdapters): Promise<MarketAction> {
  const { deposit, withdraw, fundPool, trade, settleOption, liquidate, bridge } = input;
  if (deposit != null) return { type: "deposit", amount: micro(deposit) };
  if (withdraw != null) return { type: "withdraw", amount: micro(withdraw) };
  if (fundPool != null) return { type: "fundPool", amount: micro(fundPool) };
  if (trade != null) return tradeOf(trade);
  if (liquidate != null) return { type: "liquidate", owner: chains.ownerOf(liquidate) };
  if (settleOption != null) {
    const { account, slot } = parseNodeIdOf("Position", settleOption);
    if (slot === undefined) refuse("INVALID_ARGUMENT", undefined, "a perpetual is not settled");
    return { type: "settleOption", owner: chains.ownerOf(account), slot };
  }
  if (bridge == null) return refuse("INVALID_ARGUMENT", undefined, "an action has one member");
  return await exportOf(bridge, chains);
}

async function exportOf(
  input: NonNullable<ActionInput["bridge"]>,
  chains: ChainAdapters,
): Promise<MarketAction> {
  const destination = chains.of(input.destination);
  if (input.recipient.chain !== destination.id) {
    const why = `the recipient is on ${input.recipient.chain}, the destination is ${destination.id}`;
    refuse("INVALID_ARGUMENT", undefined, why);
  }
  const timeout = input.timeout ?? BigInt((await destination.head()).timestamp) + TIMEOUT_DEFAULT;
  const position = input.position == null ? undefined : parseNodeIdOf("Position", input.position);
  return {
    type: "exportPosition",
    destination: destination.domain,
    recipient: destination.ownerOf(input.recipient.address),
    what: position === undefined ? 0 : position.slot === undefined ? 1 : 2 + position.slot,
    collateral: micro(input.collateral),
    timeout,
  };
}
