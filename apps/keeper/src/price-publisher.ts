import { type ChainAdapter, type ChainSigner, performAction } from "@dragoman/chain";
import { KeeperLoop } from "./keeper-loop.ts";
import type { PricePath } from "./price-path.ts";

export interface PublisherChain {
  readonly adapter: ChainAdapter;
  readonly signer: ChainSigner;
}

export interface PricePublisherOptions {
  readonly chains: readonly PublisherChain[];
  readonly path: PricePath;
  /** Pause between two prices, ms. */
  readonly pauseMs: number;
  /** Takes lines about failures. */
  readonly log: (line: string) => void;
}

/** Half width of the published interval: the price over this. */
const CONFIDENCE_DIVISOR = 1000n;

/** Publishes the prices of a path on every chain, each with the chain's own time. */
export class PricePublisher {
  readonly #options: PricePublisherOptions;
  readonly #loop: KeeperLoop;
  #fixed: bigint | undefined;

  constructor(options: PricePublisherOptions) {
    this.#options = options;
    this.#loop = new KeeperLoop(
      () => this.#round(),
      options.pauseMs,
      (error) => options.log(`price publisher: ${error.message}`),
    );
  }

  start(): void {
    this.#loop.start();
  }

  /** Publishes this price from now on instead of the path's; undefined = the path goes on. Resolves when all chains have it. */
  async fix(price: bigint | undefined): Promise<void> {
    this.#fixed = price;
    await this.#loop.poke();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #round(): Promise<void> {
    const price = this.#fixed ?? this.#options.path.next();
    const results = await Promise.allSettled(
      this.#options.chains.map((chain) => publish(chain, price)),
    );
    for (const [i, result] of results.entries()) {
      if (result.status === "fulfilled") continue;
      const { id } = this.#options.chains[i]!.adapter;
      this.#options.log(`price publisher: ${id}: ${String(result.reason?.message)}`);
    }
  }
}

async function publish({ adapter, signer }: PublisherChain, price: bigint): Promise<void> {
  const [head, market] = await Promise.all([adapter.head(), adapter.market()]);
  const after = market.priceTime + 1n;
  const time = BigInt(head.timestamp) > after ? BigInt(head.timestamp) : after;
  const confidence = price / CONFIDENCE_DIVISOR;
  await performAction(adapter, signer, { type: "publishPrice", price, confidence, time });
}
