import type { BlockRef, ChainId, FollowedBlock, PlacedEvent } from "@dragoman/chain";
import { ChainError } from "@dragoman/chain";
import { decodeSvmLogs } from "@dragoman/protocol";
import { type Connection, type Finality, SolanaJSONRPCError } from "@solana/web3.js";
import { asking } from "./solana-chain-error.ts";

/** Codes of a node for slots without block: not there (yet), skipped, missing in its history. */
const NO_BLOCK = new Set([-32004, -32007, -32009]);
/** Looks at a head that a reorganisation may take away between two requests. */
const TRIES_MAX = 5;

/** Slots that a node is asked for together, at first and at most: a gap is mostly short. */
const SLOTS_MIN = 64;
const SLOTS_MAX = 500_000;

/** Blocks of one chain as the adapter's interface knows them; their heights are slots. */
export class SolanaBlocks {
  readonly #connection: Connection;
  readonly #chain: ChainId;
  readonly #programId: string;

  constructor(connection: Connection, chain: ChainId, programId: string) {
    this.#connection = connection;
    this.#chain = chain;
    this.#programId = programId;
  }

  /** The newest block at a commitment. */
  async newest(commitment: Finality): Promise<BlockRef> {
    for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
      const slot = await asking(this.#chain, () => this.#connection.getSlot(commitment));
      const ref = await this.ref(slot);
      if (ref !== undefined) return ref;
    }
    throw new ChainError(this.#chain, "unreachable", "the head moves faster than it can be read");
  }

  /** The block at a slot; undefined if there is none. */
  async ref(slot: number): Promise<BlockRef | undefined> {
    const block = await this.#read(() =>
      this.#connection.getBlock(slot, {
        ...{ commitment: "confirmed", rewards: false, transactionDetails: "none" },
        maxSupportedTransactionVersion: 0,
      }),
    );
    return block && refOf(slot, block);
  }

  /** The block at a slot with the market's events; undefined if there is none. */
  async block(slot: number): Promise<FollowedBlock | undefined> {
    const block = await this.#read(() =>
      this.#connection.getBlock(slot, {
        ...{ commitment: "confirmed", rewards: false, transactionDetails: "full" },
        maxSupportedTransactionVersion: 0,
      }),
    );
    if (block === undefined) return undefined;
    const events: PlacedEvent[] = [];
    for (const { transaction, meta } of block.transactions) {
      if (meta === null || meta.err !== null) continue;
      const [signature] = transaction.signatures as [string];
      for (const event of decodeSvmLogs(meta.logMessages ?? [], this.#programId)) {
        events.push({ transaction: signature, index: events.length, event });
      }
    }
    return { ref: refOf(slot, block), events };
  }

  /** Lowest slot from `slot` on that has a block; undefined if there is none yet. */
  async next(slot: number): Promise<number | undefined> {
    const head = await asking(this.#chain, () => this.#connection.getSlot("confirmed"));
    let range = SLOTS_MIN;
    for (let from = slot; from <= head; from += range, range = Math.min(range * 8, SLOTS_MAX)) {
      const to = Math.min(from + range - 1, head);
      const ask = () => this.#connection.getBlocks(from, to, "confirmed");
      const [found] = await asking(this.#chain, ask);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #read<T>(request: () => Promise<T | null>): Promise<T | undefined> {
    try {
      return (await request()) ?? undefined;
    } catch (error) {
      if (error instanceof SolanaJSONRPCError && NO_BLOCK.has(Number(error.code))) return undefined;
      return asking(this.#chain, () => Promise.reject(error));
    }
  }
}

const refOf = (
  height: number,
  block: {
    readonly blockhash: string;
    readonly previousBlockhash: string;
    readonly blockTime: number | null;
  },
): BlockRef => ({
  height,
  hash: block.blockhash,
  parentHash: block.previousBlockhash,
  timestamp: block.blockTime ?? 0,
});
