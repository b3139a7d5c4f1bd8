import {
  type ChainAdapter,
  type ChainId,
  type ChainSigner,
  type MarketAction,
  performAction,
} from "@dragoman/chain";
import { KeeperLoop } from "./keeper-loop.ts";

/** Something that an engine should do on a chain. */
export interface KeeperTask {
  readonly chain: ChainId;
  readonly action: MarketAction;
}

export interface LiquidatorOptions {
  readonly chains: readonly { readonly adapter: ChainAdapter; readonly signer: ChainSigner }[];
  /** What is to be done by the index: accounts below their maintenance margin, expired options. */
  readonly find: () => Promise<readonly KeeperTask[]>;
  /** Pause between two looks, ms. */
  readonly pauseMs: number;
  /** Takes lines about what was done and what failed. */
  readonly log: (line: string) => void;
}

/**
 * Liquidates accounts and settles expired options as soon as the index shows them. The chain decides: what the market would refuse now (the price
 * has recovered, another was faster) is found by simulation and left alone.
 */
export class Liquidator {
  readonly #options: LiquidatorOptions;
  readonly #loop: KeeperLoop;

  constructor(options: LiquidatorOptions) {
    this.#options = options;
    const tell = (error: Error): void => options.log(`liquidator: ${error.message}`);
    this.#loop = new KeeperLoop(() => this.#round(), options.pauseMs, tell);
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #round(): Promise<void> {
    const tasks = await this.#options.find();
    await Promise.all(
      this.#options.chains.map(({ adapter, signer }) =>
        this.#perform(
          adapter,
          signer,
          tasks.filter(({ chain }) => chain === adapter.id),
        ),
      ),
    );
  }

  /** One after the other: they share the signer's numbers. */
  async #perform(
    adapter: ChainAdapter,
    signer: ChainSigner,
    tasks: readonly KeeperTask[],
  ): Promise<void> {
    for (const { action } of tasks) {
      try {
        const foreseen = await adapter.simulate(action, signer.address);
        if (!foreseen.ok) continue;
        const { transaction } = await performAction(adapter, signer, action);
        const owner = "owner" in action ? ` ${adapter.addressOf(action.owner)}` : "";
        this.#options.log(`${action.type}${owner} on ${adapter.id}: ${transaction.id}`);
      } catch (error) {
        this.#options.log(`liquidator: ${adapter.id}: ${(error as Error).message}`);
      }
    }
  }
}
