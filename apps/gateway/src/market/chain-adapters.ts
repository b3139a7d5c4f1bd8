import type { ChainAdapter, ChainId } from "@dragoman/chain";
import { refuse } from "@dragoman/fault";
import type { AccountId } from "@dragoman/schema";

/** The chains that a gateway serves, by identifier. */
export class ChainAdapters {
  readonly #adapters: ReadonlyMap<ChainId, ChainAdapter>;

  constructor(adapters: Iterable<ChainAdapter>) {
    this.#adapters = new Map([...adapters].map((adapter) => [adapter.id, adapter]));
  }

  all(): readonly ChainAdapter[] {
    return [...this.#adapters.values()];
  }

  has(id: ChainId): boolean {
    return this.#adapters.has(id);
  }

  /** Fault: UNSUPPORTED_CHAIN. */
  of(id: ChainId): ChainAdapter {
    const adapter = this.#adapters.get(id);
    if (adapter !== undefined) return adapter;
    const known = [...this.#adapters.keys()].join(", ") || "none";
    return refuse(
      "UNSUPPORTED_CHAIN",
      undefined,
      `chain ${id} is not followed here; these are: ${known}`,
    );
  }

  /** Those of the list, or all. Fault: UNSUPPORTED_CHAIN. */
  chosen(ids: readonly ChainId[] | null | undefined): readonly ChainAdapter[] {
    return ids == null ? this.all() : ids.map((id) => this.of(id));
  }

  /** Adapter of the packet domain; undefined if it is not followed. */
  ofDomain(domain: number): ChainAdapter | undefined {
    return this.all().find((adapter) => adapter.domain === domain);
  }

  /** Owner of an account, 32 bytes in hex. Faults: UNSUPPORTED_CHAIN, MALFORMED_ADDRESS. */
  ownerOf({ chain, address }: AccountId): string {
    return this.of(chain).ownerOf(address);
  }
}
