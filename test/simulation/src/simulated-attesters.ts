import {
  type AttestationRequest,
  type AttestedChain,
  Attester,
  type AttesterClient,
  type AttesterKey,
  attesterKey,
  recoverAttester,
} from "@dragoman/bridge";
import { decodeHex, encodeHex } from "@dragoman/bytes";
import { attestationDigest, packetId } from "@dragoman/protocol";
import type { Perform } from "./model-node.ts";

/** How an attester is at the moment. */
export const ATTESTER_MOODS = ["good", "down", "silent", "wrong"] as const;
export type AttesterMood = (typeof ATTESTER_MOODS)[number];

/** A key that costs nothing: its signature is the address and the digest. */
export function cheapKey(index: number): AttesterKey {
  const address = encodeHex(new Uint8Array(20).fill(0xa0 + index));
  return {
    address,
    sign(digest) {
      const signature = new Uint8Array(65);
      signature.set(decodeHex(address));
      signature.set(digest, 20);
      return signature;
    },
  };
}

/** Who made a signature of {@link cheapKey}. */
export function recoverCheap(digest: Uint8Array, signature: Uint8Array): string | undefined {
  const isOfDigest = digest.every((byte, i) => signature[20 + i] === byte);
  return isOfDigest ? encodeHex(signature.subarray(0, 20)) : undefined;
}

export const realKey = (index: number): AttesterKey =>
  attesterKey(new Uint8Array(32).fill(0x11 * (index + 1)));

export const recoverReal = recoverAttester;

/** An attester with moods. */
export class SimulatedAttester {
  readonly address: string;
  mood: AttesterMood = "good";
  readonly #key: AttesterKey;
  readonly #attester: Attester;
  readonly #givesRefundsUnseen: boolean;

  constructor(key: AttesterKey, chains: readonly AttestedChain[], givesRefundsUnseen: boolean) {
    this.address = key.address;
    this.#key = key;
    this.#attester = new Attester(key, chains);
    this.#givesRefundsUnseen = givesRefundsUnseen;
  }

  /** The attester as a relayer reaches it. */
  clientOf(perform: Perform): AttesterClient {
    const attest = (request: AttestationRequest): Promise<Uint8Array> =>
      perform("attest", () => this.#answer(request));
    return { address: this.address, attest };
  }

  #answer(request: AttestationRequest): Promise<Uint8Array> {
    const { purpose, packet } = request;
    if (this.mood === "down") return Promise.reject(new Error("down"));
    if (this.mood === "silent") return new Promise(() => undefined);
    if (this.mood === "wrong") return Promise.resolve(this.#key.sign(new Uint8Array(32)));
    if (purpose === "refund" && this.#givesRefundsUnseen) {
      const digest = attestationDigest(purpose, packetId(decodeHex(packet)));
      return Promise.resolve(this.#key.sign(digest));
    }
    return this.#attester.attest(request);
  }
}
