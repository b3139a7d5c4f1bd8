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
  readonly account: Uint8Array;
  readonly nonce: number;
  status: "new" | "ready" | "future";
}

/** Extrinsics that wait for a block, in order of arrival; each is signed, and alone with its account's number. */
export class TransactionPool {
  readonly #entries = new Map<string, Entry>();
  /** The same by account and number. */
  readonly #byAccount = new Map<string, Map<number, Entry>>();
  readonly #listeners = new Set<(event: PoolEvent) => void>();

  get extrinsics(): readonly Extrinsic[] {
    return [...this.#entries.values()].map(({ extrinsic }) => extrinsic);
  }

  get size(): number {
    return this.#entries.size;
  }

  has(hash: Uint8Array): boolean {
    return this.#entries.has(encodeHex(hash));
  }

  /** Number of those that the next block could take, as far as numbers go. */
  get readyCount(): number {
    let count = 0;
    for (const { status } of this.#entries.values()) if (status === "ready") count++;
    return count;
  }

  /** The waiting extrinsic with the same signer and number. */
  rival(extrinsic: Extrinsic): Extrinsic | undefined {
    const { account, nonce } = entryOf(extrinsic);
    return this.#byAccount.get(encodeHex(account))?.get(nonce)?.extrinsic;
  }

  add(extrinsic: Extrinsic): void {
    const entry = entryOf(extrinsic);
    const name = encodeHex(entry.account);
    const numbers = this.#byAccount.get(name) ?? new Map<number, Entry>();
    const rival = numbers.get(entry.nonce);
    if (rival !== undefined) this.#entries.delete(encodeHex(rival.extrinsic.hash));
    this.#byAccount.set(name, numbers.set(entry.nonce, entry));
    this.#entries.set(encodeHex(extrinsic.hash), entry);
  }

  /** Takes one out. `event`: what those who watch it hear. */
  remove(hash: Uint8Array, event?: Omit<PoolEvent, "hash">): void {
    const entry = this.#entries.get(encodeHex(hash));
    if (entry === undefined) return;
    this.#entries.delete(encodeHex(hash));
    const name = encodeHex(entry.account);
    const numbers = this.#byAccount.get(name)!;
    numbers.delete(entry.nonce);
    if (numbers.size === 0) this.#byAccount.delete(name);
    if (event !== undefined) this.#tell({ ...event, hash });
  }

  /** Holds these and nothing else, in their order. */
  replaceAll(extrinsics: readonly Extrinsic[]): void {
    const before = new Map(this.#entries);
    this.#entries.clear();
    this.#byAccount.clear();
    for (const extrinsic of extrinsics) this.add(extrinsic);
    for (const [name, entry] of this.#entries) entry.status = before.get(name)?.status ?? "new";
  }

  /**
   * Finds anew which extrinsics of an account, or of all, follow on its number without a gap; tells of those that changed. `nonceOf`: the
   * number of an account's next extrinsic.
   */
  sort(nonceOf: (account: Uint8Array) => number, account?: Uint8Array): void {
    const groups =
      account === undefined
        ? [...this.#byAccount.values()]
        : [this.#byAccount.get(encodeHex(account)) ?? new Map<number, Entry>()];
    for (const numbers of groups) {
      const [first] = numbers.values();
      if (first === undefined) continue;
      let next = nonceOf(first.account);
      while (numbers.has(next)) next++;
      for (const entry of numbers.values()) {
        const status = entry.nonce < next ? "ready" : "future";
        if (status === entry.status) continue;
        entry.status = status;
        this.#tell({ kind: status, hash: entry.extrinsic.hash });
      }
    }
  }

  /** Next number of an account behind its waiting extrinsics. */
  nextNonce(account: Uint8Array, included: number): number {
    const numbers = this.#byAccount.get(encodeHex(account));
    let nonce = included;
    while (numbers?.has(nonce)) nonce++;
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

function entryOf(extrinsic: Extrinsic): Entry {
  const signed = extrinsic.signed!;
  return { extrinsic, account: signerOf(signed)!, nonce: signed.nonce, status: "new" };
}
