import { type OutboxWrite, transferName } from "@dragoman/bridge";
import { decodeHex, encodeHex } from "@dragoman/bytes";
import type { MarketEvent, SignedTransaction } from "@dragoman/chain";
import { decodePacket, type Packet, packetId } from "@dragoman/protocol";
import type { ModelBlock, ModelChain } from "./model-chain.ts";
import { statusAt } from "./model-node.ts";
import { decodeModelTransaction } from "./model-transaction.ts";

/** A world in which something that must hold does not. */
export class Violation extends Error {
  override readonly name = "Violation";
}

/** What must hold at every step, whatever goes wrong. */
export class Invariants {
  readonly #chains: ReadonlyMap<number, ModelChain>;
  readonly #isReserved: (address: string) => boolean;
  #total: bigint | undefined;
  readonly #packets = new Map<string, Packet>();
  /** Submitted by relayers: by chain and nonce, and by chain and packet. */
  readonly #submitted = new Map<string, Map<string, SignedTransaction>>();
  readonly #notBefore = new Map<string, number>();

  /** `isReserved`: whether an address is of a relayer. */
  constructor(chains: readonly ModelChain[], isReserved: (address: string) => boolean) {
    this.#chains = new Map(chains.map((chain) => [chain.domain, chain]));
    this.#isReserved = isReserved;
    this.checkConservation();
  }

  get packets(): Iterable<Packet> {
    return this.#packets.values();
  }

  /** Remembers the packets of a block. */
  learn({ events }: ModelBlock): void {
    for (const { event } of events) {
      if (event.type !== "PacketSent") continue;
      const bytes = decodeHex(event.packet);
      this.#packets.set(encodeHex(packetId(bytes)), decodePacket(bytes));
    }
  }

  /** Tokens of all chains and what is in flight are what they were at the beginning. */
  checkConservation(): void {
    let total = 0n;
    for (const { head } of this.#chains.values()) {
      total += head.market.numbers.pool;
      for (const { collateral } of head.market.accounts.values()) total += collateral;
      for (const id of head.market.packets.values()) {
        const packet = this.#packets.get(id)!;
        if (!this.#isReceived(packet)) total += packet.collateral + packet.poolValue;
      }
    }
    this.#total ??= total;
    if (total !== this.#total) {
      throw new Violation(`collateral is ${total} and was ${this.#total}`);
    }
  }

  #isReceived({ source, destination, sequence }: Packet): boolean {
    return this.#chains.get(destination)?.head.market.received(source, sequence) ?? false;
  }

  /** No nonce is used for two transactions, and no packet is on its way twice, while the first may still be included. */
  checkSubmission(chain: ModelChain, signed: SignedTransaction): void {
    if (!this.#isReserved(signed.sender)) return;
    const { action } = decodeModelTransaction(signed.bytes);
    const packet = "packet" in action ? `${action.type} ${action.packet}` : "";
    const keys = [`${chain.id} ${packet}`];
    if (signed.nonce !== undefined) keys.push(`${chain.id} ${signed.sender} ${signed.nonce}`);
    for (const key of keys) {
      const others = this.#submitted.get(key) ?? new Map<string, SignedTransaction>();
      this.#submitted.set(key, others);
      for (const other of others.values()) {
        if (other.id === signed.id || others.has(signed.id)) continue;
        const status = statusAt(chain, chain.view, other);
        const isOver =
          status.state === "expired" || (status.state === "failed" && status.finality === "FINAL");
        if (!isOver) throw new Violation(`${signed.id} beside ${other.id} for ${key.slice(0, 60)}`);
      }
      others.set(signed.id, signed);
    }
  }

  /**
   * Hears what a relayer made durable, and when on its clock: a wait that was promised must have been kept, whoever of the relayers promised it.
   */
  committed(writes: readonly OutboxWrite[], now: number): void {
    for (const write of writes) {
      if (write.kind === "sign") {
        const { purpose } = write.transaction;
        this.#checkPatience(`${purpose} ${transferName(write.transaction)}`, now);
      } else if (write.kind === "schedule" && write.phase === write.from.phase) {
        const name = `${write.phase} ${transferName(write.key)}`;
        this.#checkPatience(name, now);
        this.#notBefore.set(name, write.nextAttemptAt);
      }
    }
  }

  #checkPatience(name: string, now: number): void {
    const notBefore = this.#notBefore.get(name);
    if (notBefore !== undefined && now < notBefore) {
      throw new Violation(`${name} is tried ${notBefore - now} ms early`);
    }
  }

  /** Forgets what was promised to a transfer: an operator wants it tried now. */
  release(name: string): void {
    this.#notBefore.delete(`import ${name}`);
    this.#notBefore.delete(`refund ${name}`);
  }

  /** How the packets of final blocks ended. */
  ends(): { readonly transfers: number; readonly received: number; readonly refunded: number } {
    const events = this.#finalEvents().map(({ type }) => type);
    const count = (type: string): number => events.filter((name) => name === type).length;
    const [transfers, received] = [count("PacketSent"), count("PacketReceived")];
    return { transfers, received, refunded: count("PacketRefunded") };
  }

  /** Packets of final blocks that have not ended in final blocks; a violation if one has ended twice, or was never sent. */
  unended(): readonly string[] {
    const ends = new Map<string, number>();
    const sent = new Set<string>();
    for (const event of this.#finalEvents()) {
      if (event.type === "PacketSent") sent.add(event.packet);
      if (event.type === "PacketReceived" || event.type === "PacketRefunded") {
        ends.set(event.packet, (ends.get(event.packet) ?? 0) + 1);
      }
    }
    for (const [packet, count] of ends) {
      if (count > 1) throw new Violation(`a packet ended ${count} times: ${packet}`);
      if (!sent.has(packet)) throw new Violation(`a packet ended that was not sent: ${packet}`);
    }
    return [...sent].filter((packet) => !ends.has(packet));
  }

  #finalEvents(): MarketEvent[] {
    const events: MarketEvent[] = [];
    for (const { final } of this.#chains.values()) {
      for (const { event } of eventsUpTo(final)) events.push(event);
    }
    return events;
  }
}

function* eventsUpTo(block: ModelBlock | undefined): Iterable<ModelBlock["events"][number]> {
  for (let at = block; at !== undefined; at = at.parent) yield* at.events;
}
