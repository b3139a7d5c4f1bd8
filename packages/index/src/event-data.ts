import type { MarketEvent } from "@dragoman/chain";

/** Members of events that are text or flags; all others are integers, written as decimal strings. */
const TEXT = new Set(["type", "owner", "liquidator", "packet"]);

/** An event as JSON keeps it: integers as decimal strings. */
export const eventData = (event: MarketEvent): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(event).map(([key, value]) => [
      key,
      typeof value === "bigint" ? value.toString() : value,
    ]),
  );

/** The event of {@link eventData}. */
export const eventOf = (data: Readonly<Record<string, unknown>>): MarketEvent =>
  Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      typeof value === "string" && !TEXT.has(key) ? BigInt(value) : value,
    ]),
  ) as MarketEvent;

/** The account that an event is about; undefined if it is about the market. Packets are found through their transfers. */
export const subjectOf = (event: MarketEvent): string | undefined =>
  "owner" in event ? event.owner : undefined;
