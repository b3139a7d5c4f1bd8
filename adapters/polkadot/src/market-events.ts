import type { MarketEvent } from "@dragoman/chain";
import { decodeEvmLog } from "@dragoman/protocol";
import type { Bytes, Vec } from "@polkadot/types";
import type { EventRecord, H160 } from "@polkadot/types/interfaces";
import type { Codec } from "@polkadot/types/types";
import type { PolkadotNode } from "./polkadot-node.ts";

/** The market's event in a record; undefined if there is none. `market`: address in hex. */
export function marketEventOf(
  node: PolkadotNode,
  { event }: EventRecord,
  market: string,
): MarketEvent | undefined {
  if (!node.api.events.revive!.ContractEmitted!.is(event)) return undefined;
  const [contract, data, topics] = event.data as unknown as [H160, Bytes, Vec<Codec>];
  if (contract.toHex() !== market) return undefined;
  return decodeEvmLog({ topics: topics.map((topic) => topic.toHex()), data: data.toHex() });
}
