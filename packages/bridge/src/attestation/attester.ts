import { decodeHex } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";
import { attestationDigest, decodePacket, type Packet, packetId } from "@dragoman/protocol";
import { isFinalBlock } from "../final-blocks.ts";
import type { AttestedChain } from "../relay-chain.ts";
import type { AttesterKey } from "./attester-key.ts";

/** What an attester is asked to say of a packet. */
export interface AttestationRequest {
  /** `receive`: it was sent, finally. `refund`: it was not received, and no longer can be. */
  readonly purpose: "receive" | "refund";
  /** 0x hex. */
  readonly packet: string;
  /** Block of the source in which to look for it. The attester looks itself. */
  readonly height: number;
}

/** An attester as the relayer sees it, wherever it runs. */
export interface AttesterClient {
  /** 20 bytes in 0x lower-case hex. */
  readonly address: string;
  /** Signature of 65 bytes; rejects if it does not find what it should say. */
  attest(request: AttestationRequest): Promise<Uint8Array>;
}

/**
 * An attester: signs only what it has read itself from final blocks of both chains, through nodes of its own, so that a relayer that lies or
 * errs gets nothing from it.
 */
export class Attester implements AttesterClient {
  readonly address: string;
  readonly #key: AttesterKey;
  readonly #chains: ReadonlyMap<number, AttestedChain>;

  constructor(key: AttesterKey, chains: readonly AttestedChain[]) {
    this.address = key.address;
    this.#key = key;
    this.#chains = new Map(chains.map((chain) => [chain.domain, chain]));
  }

  /** Faults: MALFORMED_PACKET, UNSUPPORTED_CHAIN, INVALID_ATTESTATION. Rejects with a ChainError if a chain does not answer. */
  async attest({ purpose, packet, height }: AttestationRequest): Promise<Uint8Array> {
    const bytes = decodeHex(packet);
    const fields = decodePacket(bytes);
    await this.#checkSent(fields, packet, height);
    if (purpose === "refund") await this.#checkLate(fields);
    return this.#key.sign(attestationDigest(purpose, packetId(bytes)));
  }

  async #checkSent({ source }: Packet, packet: string, height: number): Promise<void> {
    const chain = this.#chain(source);
    const block = await chain.block(height);
    const isThere = block?.events.some(
      ({ event }) => event.type === "PacketSent" && event.packet === packet,
    );
    if (block === undefined || isThere !== true) {
      refuse("INVALID_ATTESTATION", undefined, `no such packet in block ${height} of ${chain.id}`);
    }
    if (!(await isFinalBlock(chain, block.ref))) {
      refuse("INVALID_ATTESTATION", undefined, `block ${height} of ${chain.id} is not final`);
    }
  }

  async #checkLate({ source, destination, sequence, timeout }: Packet): Promise<void> {
    const chain = this.#chain(destination);
    const { received, at } = await chain.received(source, sequence);
    if (received) {
      refuse("INVALID_ATTESTATION", undefined, `${chain.id} has received the packet`);
    }
    if (BigInt(at.timestamp) <= timeout) {
      refuse(
        "INVALID_ATTESTATION",
        undefined,
        `final block ${at.height} of ${chain.id} is of ${at.timestamp}, the timeout ${timeout}`,
      );
    }
  }

  #chain(domain: number): AttestedChain {
    const chain = this.#chains.get(domain);
    if (chain === undefined)
      refuse("UNSUPPORTED_CHAIN", undefined, `no chain has domain ${domain}`);
    return chain;
  }
}
