import type {
  BlockRef,
  ChainFamily,
  FollowedBlock,
  MarketAction,
  MarketState,
} from "@dragoman/chain";
import { assert } from "@dragoman/fault";
import { applyAction, MarketError, MarketModel, ONE } from "@dragoman/quant";
import type { FollowedChain } from "../followed-chain.ts";

/** An action and who does it. */
export interface MemoryAction {
  readonly sender: string;
  readonly action: MarketAction;
  /** Identifier of the transaction; default: a new one. */
  readonly transaction?: string;
}

interface Grown {
  readonly block: FollowedBlock;
  /** The market after the block. */
  readonly model: MarketModel;
}

const GENESIS_TIMESTAMP = 1_000_000;
/** Longer than a real chain's, so that few blocks reach expiries and old prices. */
const BLOCK_SECONDS = 60;

/**
 * A chain that consists of the market's reference model, and forgets nothing: blocks are made of actions, and can be taken back. It accepts any
 * attestation.
 */
export class MemoryChain implements FollowedChain {
  readonly id: string;
  readonly family: ChainFamily;
  readonly domain: number;
  readonly finalityDepth: number;
  readonly #grown: Grown[] = [];
  #salt = 0;
  /** Height of the newest final block: a final block stays one. */
  #final = 0;

  constructor(options: {
    readonly id: string;
    readonly domain: number;
    readonly family?: ChainFamily;
    readonly finalityDepth?: number;
    /** Chains of other salts have other blocks. */
    readonly salt?: number;
  }) {
    this.id = options.id;
    this.domain = options.domain;
    this.family = options.family ?? "evm";
    this.finalityDepth = options.finalityDepth ?? 8;
    this.#salt = options.salt ?? 0;
    const end = { domain: this.domain, isAttested: () => true };
    this.#push(new MarketModel((ONE * 8n) / 10n, end), []);
  }

  /** The market at the head. */
  get model(): MarketModel {
    return this.#grown.at(-1)!.model;
  }

  /** Time of the block that comes next, seconds since 1970-01-01. */
  get nextTimestamp(): number {
    return GENESIS_TIMESTAMP + BLOCK_SECONDS * this.#grown.length;
  }

  /** Makes a block of the actions that the market does not refuse. */
  produce(actions: readonly MemoryAction[] = []): FollowedBlock {
    const model = this.model.clone();
    const now = BigInt(this.nextTimestamp);
    const events: FollowedBlock["events"][number][] = [];
    actions.forEach(({ sender, action, ...given }, i) => {
      try {
        const event = applyAction(model, action, sender, now);
        const transaction = given.transaction ?? `${this.domain}-${this.#grown.length}-${i}`;
        events.push({ transaction, index: events.length, event });
      } catch (error) {
        if (!(error instanceof MarketError)) throw error;
      }
    });
    return this.#push(model, events);
  }

  /** Takes back the newest `depth` blocks; those that are made from then on are others. */
  reorganise(depth: number): void {
    assert(this.#grown.length - depth > this.#final, "a final block stays");
    this.#grown.length -= depth;
    this.#salt++;
  }

  /** The block of a transaction; undefined if there is none (any more). */
  blockOf(transaction: string): BlockRef | undefined {
    return this.#grown.find(({ block }) =>
      block.events.some((event) => event.transaction === transaction),
    )?.block.ref;
  }

  #push(model: MarketModel, events: FollowedBlock["events"]): FollowedBlock {
    const height = this.#grown.length;
    const ref: BlockRef = {
      height,
      hash: `0x${this.domain}-${height}-${this.#salt}`,
      parentHash: this.#grown.at(-1)?.block.ref.hash ?? "0x0",
      timestamp: this.nextTimestamp,
    };
    const block = { ref, events };
    this.#grown.push({ block, model });
    this.#final = Math.max(this.#final, height - this.finalityDepth);
    return block;
  }

  async head(): Promise<BlockRef> {
    return this.#grown.at(-1)!.block.ref;
  }

  async finalized(): Promise<BlockRef> {
    return this.#grown[this.#final]!.block.ref;
  }

  async block(height: number): Promise<FollowedBlock | undefined> {
    return this.#grown[height]?.block;
  }

  async market(): Promise<MarketState> {
    return { ...this.model.numbers };
  }
}
