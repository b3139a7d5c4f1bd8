import type { Event } from "@aptos-labs/ts-sdk";
import type { MarketEvent } from "@dragoman/chain";
import { decodeMoveEvent } from "@dragoman/protocol";

/** The events of the market at `packageAddress` among a transaction's, in their order. */
export const marketEvents = (events: readonly Event[], packageAddress: string): MarketEvent[] =>
  events.flatMap(({ type, data }) => decodeMoveEvent(type, data, packageAddress) ?? []);
