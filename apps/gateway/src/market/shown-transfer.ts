import { decodeHex, encodeHex } from "@dragoman/bytes";
import { assert } from "@dragoman/fault";
import type { IndexedTransfer } from "@dragoman/index";
import type { Packet } from "@dragoman/quant";
import type { ResolversParentTypes } from "@dragoman/schema";
import { accountIdOf } from "./account-ids.ts";
import { decimalOf } from "./amount.ts";
import type { ChainAdapters } from "./chain-adapters.ts";
import { formatNodeId } from "./node-id.ts";
import { blockModel } from "./shown-blocks.ts";

const KINDS = { collateral: "COLLATERAL", perp: "PERPETUAL", option: "OPTION" } as const;

/** A transfer between two chains that are followed. */
export function shownTransfer(
  { id, bytes, packet, status, steps }: IndexedTransfer,
  chains: ChainAdapters,
): ResolversParentTypes["Transfer"] {
  const [source, destination] = [packet.source, packet.destination].map((domain) =>
    chains.ofDomain(domain),
  );
  assert(source && destination, "transfers to chains that are not followed are not read");
  return {
    id: formatNodeId({ type: "Transfer", source: packet.source, sequence: packet.sequence }),
    packetId: decodeHex(id),
    packet: bytes,
    kind: KINDS[packet.kind],
    status,
    source: { id: source.id },
    destination: { id: destination.id },
    sequence: packet.sequence,
    sender: accountIdOf(source, encodeHex(packet.sender)),
    recipient: accountIdOf(destination, encodeHex(packet.recipient)),
    collateral: packet.collateral,
    poolValue: packet.poolValue,
    position: positionOf(packet),
    timeout: packet.timeout,
    timeline: steps.map(({ status, block, transaction }) => ({
      status,
      block: blockModel(block),
      transaction: transaction ?? null,
    })),
  };
}

function positionOf(packet: Packet): ResolversParentTypes["TransferredPosition"] | null {
  if (packet.kind === "collateral") return null;
  const isOption = packet.kind === "option";
  return {
    side: packet.isLong ? "LONG" : "SHORT",
    size: packet.size,
    entryPrice: isOption ? null : decimalOf(packet.entry),
    expiry: isOption ? packet.expiry : null,
    strike: isOption ? decimalOf(packet.strike) : null,
    optionType: isOption ? (packet.isCall ? "CALL" : "PUT") : null,
  };
}
