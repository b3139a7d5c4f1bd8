import type { ChainId } from "@dragoman/chain";
import { refuse } from "@dragoman/fault";
import { type IndexedChain, type IndexedMarket, readChains, readMarkets } from "@dragoman/index";
import type { Database } from "@dragoman/store";
import type { ChainAdapters } from "./chain-adapters.ts";

/** The index as one operation sees it: chains and markets are read once. */
export class IndexView {
  readonly #database: Database | undefined;
  readonly #adapters: ChainAdapters;
  #chains: Promise<ReadonlyMap<ChainId, IndexedChain>> | undefined;
  #markets: Promise<ReadonlyMap<ChainId, IndexedMarket>> | undefined;

  constructor(database: Database | undefined, adapters: ChainAdapters) {
    this.#database = database;
    this.#adapters = adapters;
  }

  /** Fault: UNSUPPORTED_CHAIN if the gateway follows no chains. */
  get database(): Database {
    return (
      this.#database ?? refuse("UNSUPPORTED_CHAIN", undefined, "this gateway follows no chains")
    );
  }

  /** Chains of the list, or all, of which the index has read a block. Fault: UNSUPPORTED_CHAIN. */
  async read(ids?: readonly ChainId[] | null): Promise<ChainId[]> {
    const chosen = this.#adapters.chosen(ids).map(({ id }) => id);
    const chains = await this.#allChains();
    return chosen.filter((id) => chains.get(id)?.head !== undefined);
  }

  /** Faults: UNSUPPORTED_CHAIN, INVALID_CHAIN_CONNECTION. */
  async chain(id: ChainId): Promise<IndexedChain> {
    const chain = (await this.#allChains()).get(this.#adapters.of(id).id);
    return chain?.head === undefined ? notRead(id) : chain;
  }

  /** Faults: UNSUPPORTED_CHAIN, INVALID_CHAIN_CONNECTION. */
  async market(id: ChainId): Promise<IndexedMarket> {
    this.#markets ??= this.#allMarkets();
    return (await this.#markets).get(this.#adapters.of(id).id) ?? notRead(id);
  }

  /** Forgets what was read: the next event of a subscription sees the index anew. */
  renew(): void {
    this.#chains = undefined;
    this.#markets = undefined;
  }

  #allChains(): Promise<ReadonlyMap<ChainId, IndexedChain>> {
    this.#chains ??= (async () => {
      if (this.#database === undefined) return new Map<ChainId, IndexedChain>();
      const chains = await readChains(this.#database);
      return new Map(chains.map((chain) => [chain.id, chain]));
    })();
    return this.#chains;
  }

  async #allMarkets(): Promise<ReadonlyMap<ChainId, IndexedMarket>> {
    if (this.#database === undefined) return new Map();
    return await readMarkets(
      this.#database,
      this.#adapters.all().map(({ id }) => id),
    );
  }
}

const notRead = (id: ChainId): never =>
  refuse("INVALID_CHAIN_CONNECTION", undefined, `the index has read no block of ${id} yet`);
