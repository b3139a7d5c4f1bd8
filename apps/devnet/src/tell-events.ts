import type { ChainAdapter, MarketEvent } from "@dragoman/chain";
import { type IndexedEvent, listenToIndex, readEvents } from "@dragoman/index";
import type { Database } from "@dragoman/store";
import { describeEvent } from "./describe-event.ts";

const TYPES: readonly MarketEvent["type"][] = [
  "Deposited",
  "Withdrawn",
  "PoolFunded",
  "PerpTraded",
  "OptionTraded",
  "OptionSettled",
  "Liquidated",
  "OracleUpdated",
  "PacketSent",
  "PacketReceived",
  "PacketRefunded",
];
/** Events that one change of the index tells at most; what is beyond is history that is caught up with. */
const EVENTS_MAX = 50;

/** Tells `tell` a line for each event that the index reads from now on. The result ends it. */
export function tellEvents(
  database: Database,
  adapters: readonly ChainAdapter[],
  tell: (line: string) => void,
): Promise<() => Promise<void>> {
  const names = new Map(adapters.map((adapter) => [adapter.id, adapter]));
  const line = ({ block, event }: IndexedEvent): string => {
    const adapter = names.get(block.chain);
    const name = (owner: string): string => shortened(adapter?.addressOf(owner) ?? owner);
    const time = new Date(block.timestamp * 1000).toISOString().slice(11, 19);
    return `${time} ${(adapter?.family ?? block.chain).padEnd(9)} ${block.height}  ${describeEvent(event, name)}`;
  };
  let last: Promise<void> = Promise.resolve();
  return listenToIndex(database, (notice) => {
    const heights = notice?.written;
    if (notice === undefined || heights === undefined) return;
    const filter = { types: TYPES, chains: [notice.chain], heights };
    last = last
      .then(async () => {
        const { items } = await readEvents(database, filter, { first: EVENTS_MAX });
        for (const { row } of [...items].reverse()) tell(line(row));
      })
      .catch((error: Error) => tell(`events cannot be read: ${error.message}`));
  });
}

const shortened = (address: string): string =>
  address.length <= 14 ? address : `${address.slice(0, 8)}…${address.slice(-4)}`;
