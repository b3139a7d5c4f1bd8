import { encodeHex } from "@dragoman/bytes";
import { type Extrinsic, signerOf } from "../extrinsic/extrinsic.ts";

/** What happens to a waiting extrinsic; `hash` is its own. */
export interface PoolEvent {
  readonly kind: "ready" | "future" | "invalid" | "usurped" | "dropped";
  readonly hash: Uint8Array;
  /** `usurped`: the extrinsic that took its place. */
  readonly by?: Uint8Array;
}

interface Entry {
  readonly extrinsic: Extrinsic;
  status: "new" | "ready" | "future";
}

/** Extrinsics that wait for a block, in order of arrival. All are signed by an account. */
export class TransactionPool {
  #entries: Map<string, Entry>;
  readonly #listeners = new Set<(event: PoolEvent) => void>();

  constructor(extrinsics: readonly Extrinsic[] = []) {
    this.#entries = entriesOf(extrinsics);
  }

  get extrinsics(): readonly Extrinsic[] {
    return [...this.#entries.values()].map(({ extrinsic }) => extrinsic);
  }

  has(hash: Uint8Array): boolean {
    return this.#entries.has(encodeHex(hash));
  }

  /** Whether the next block could take it, as far as numbers go. */
  isReady(hash: Uint8Array): boolean {
    return this.#entries.get(encodeHex(hash))?.status === "ready";
  }

  get readyCount(): number {
    let count = 0;
    for (const { status } of this.#entries.values()) if (status === "ready") count++;
    return count;
  }

  /** The waiting extrinsic with the same signer and number. */
  rival(extrinsic: Extrinsic): Extrinsic | undefined {
    const slot = slotOf(extrinsic);
    return this.extrinsics.find((other) => slotOf(other) === slot);
  }

  add(extrinsic: Extrinsic): void {
    this.#entries.set(encodeHex(extrinsic.hash), { extrinsic, status: "new" });
  }

  /** Puts extrinsics in front of what waits, in their order. */
  addFirst(extrinsics: readonly Extrinsic[]): void {
    this.#entries = entriesOf([...extrinsics, ...this.extrinsics]);
  }

  /** Takes one out. `event`: what those who watch it hear. */
  remove(hash: Uint8Array, event?: Omit<PoolEvent, "hash">): void {
    if (this.#entries.delete(encodeHex(hash)) && event !== undefined) {
      this.#tell({ ...event, hash });
    }
  }

  replaceAll(extrinsics: readonly Extrinsic[]): void {
    this.#entries = entriesOf(extrinsics);
  }

  /** Finds anew which extrinsics follow on their accounts' numbers without a gap; tells of those that changed. */
  sort(nonceOf: (account: Uint8Array) => number): void {
    const slots = new Set([...this.#entries.values()].map(({ extrinsic }) => slotOf(extrinsic)));
    for (const entry of this.#entries.values()) {
      const signed = entry.extrinsic.signed!;
      const account = signerOf(signed)!;
      let nonce = nonceOf(account);
      while (nonce < signed.nonce && slots.has(slotName(account, nonce))) nonce++;
      const status = nonce >= signed.nonce ? "ready" : "future";
      if (status === entry.status) continue;
      entry.status = status;
      this.#tell({ kind: status, hash: entry.extrinsic.hash });
    }
  }

  /** Next number of an account behind its waiting extrinsics. */
  nextNonce(account: Uint8Array, included: number): number {
    const slots = new Set([...this.#entries.values()].map(({ extrinsic }) => slotOf(extrinsic)));
    let nonce = included;
    while (slots.has(slotName(account, nonce))) nonce++;
    return nonce;
  }

  subscribe(listener: (event: PoolEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(event: PoolEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

const entriesOf = (extrinsics: readonly Extrinsic[]): Map<string, Entry> =>
  new Map(extrinsics.map((extrinsic) => [encodeHex(extrinsic.hash), { extrinsic, status: "new" }]));

const slotName = (account: Uint8Array, nonce: number): string => `${encodeHex(account)}:${nonce}`;

const slotOf = ({ signed }: Extrinsic): string => slotName(signerOf(signed!)!, signed!.nonce);
