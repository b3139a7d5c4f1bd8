import { decodeHex } from "@dragoman/bytes";
import type { FollowedBlock } from "@dragoman/chain";
import { decodePacket } from "@dragoman/protocol";
import type { OutboxWrite } from "../outbox/outbox.ts";
import type { Transfer } from "../transfer.ts";

/**
 * What a final block of the chain `domain` says of transfers. `known`: domains that have a chain; a packet to another one is dead at once, for
 * nobody can say that it was not received.
 */
export function deriveWrites(
  domain: number,
  block: FollowedBlock,
  now: number,
  known: ReadonlySet<number>,
): readonly OutboxWrite[] {
  const { height, hash } = block.ref;
  return block.events.flatMap(({ event, index, transaction }): OutboxWrite[] => {
    if (event.type === "PacketSent") {
      const transfer = transferOf(event.packet, now);
      if (transfer.source !== domain) return [];
      const sentAt = { height, hash, index, transaction };
      const hasLane = known.has(transfer.destination);
      const reason = `no chain has domain ${transfer.destination}`;
      const hold = hasLane ? {} : { hold: "dead" as const, reason };
      return [{ kind: "sent", transfer: { ...transfer, sentAt, ...hold } }];
    }
    if (event.type !== "PacketReceived" && event.type !== "PacketRefunded") return [];
    const transfer = transferOf(event.packet, now);
    const isReceipt = event.type === "PacketReceived";
    const isHere = domain === (isReceipt ? transfer.destination : transfer.source);
    const phase = isReceipt ? "received" : "refunded";
    return isHere ? [{ kind: "ended", transfer: { ...transfer, phase } }] : [];
  });
}

/** A transfer that was just sent. */
function transferOf(packet: string, now: number): Transfer {
  const { source, destination, sequence, timeout } = decodePacket(decodeHex(packet));
  return {
    source,
    destination,
    sequence,
    packet,
    timeout,
    phase: "import",
    hold: "none",
    attempt: 0,
    delayMs: 0,
    nextAttemptAt: now,
    reason: "",
  };
}
