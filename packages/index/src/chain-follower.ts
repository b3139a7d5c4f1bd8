import type { BlockRef, FollowedBlock } from "@dragoman/chain";
import type { Database } from "@dragoman/store";
import { applyBlocks } from "./apply-blocks.ts";
import type { FollowedChain } from "./followed-chain.ts";
import { notify } from "./notice.ts";
import {
  type ChainTip,
  forgetChain,
  readTip,
  registerChain,
  writeFinal,
} from "./rows/chain-rows.ts";
import { undoBlocks } from "./undo-blocks.ts";

/** Blocks that are written in one transaction while the index catches up. */
const BATCH_BLOCKS = 64;
/** Blocks that are asked for at once. */
const PARALLEL_READS = 8;

/** What a step did. `idle`: there was nothing to do. */
export type FollowStep = "started" | "advanced" | "undone" | "rebuilt" | "idle";

interface KnownBlock {
  readonly height: number;
  readonly hash: string;
}

/** Brings the rows of one chain in line with the chain, a step at a time; what it is between steps is what the database has. */
export class ChainFollower {
  readonly chain: FollowedChain;
  readonly #database: Database;
  readonly #log: (line: string) => void;
  /** Tip on which nothing more was final: the chain is not asked again before the next block. */
  #settled = "";

  constructor(chain: FollowedChain, database: Database, log: (line: string) => void) {
    this.chain = chain;
    this.#database = database;
    this.#log = log;
  }

  /** Rejects with the adapter's ChainError if the chain cannot be read. */
  async step(): Promise<FollowStep> {
    const { id } = this.chain;
    const known = await readTip(this.#database, id);
    if (known === undefined) {
      return this.#start();
    }
    const head = await this.chain.head();
    if (known.tip === undefined) return this.#advance(0, undefined, head);
    if (head.hash === known.tip.hash) return this.#finalize(known);
    if (head.height <= known.tip.height) return this.#goBack(known, known.tip, head);
    return this.#advance(known.tip.height + 1, known.tip, head);
  }

  async #start(): Promise<FollowStep> {
    const { id, domain } = this.chain;
    const { volatility } = await this.chain.market();
    const replaced = await this.#database.query<{ id: string }>(
      "SELECT id FROM chain WHERE domain = $1 AND id <> $2",
      [domain, id],
    );
    for (const old of replaced) await this.#forget(old.id, `${id} has taken its place`);
    await this.#database.transaction((tx) => registerChain(tx, this.chain, volatility));
    return "started";
  }

  /** Reads the blocks from `from` on, or finds that they do not stand on what is known. */
  async #advance(from: number, tip: KnownBlock | undefined, head: BlockRef): Promise<FollowStep> {
    const blocks: FollowedBlock[] = [];
    for (const block of await this.#readBlocks(from, head.height)) {
      const below = blocks.at(-1)?.ref.hash ?? tip?.hash;
      if (below !== undefined && block.ref.parentHash !== below) break;
      blocks.push(block);
    }
    if (blocks.length > 0) {
      const { id } = this.chain;
      await this.#database.transaction((tx) => applyBlocks(tx, id, blocks));
      const now = await readTip(this.#database, id);
      if (now !== undefined) await this.#finalize(now);
      return "advanced";
    }
    if (tip === undefined) return "idle";
    const known = await readTip(this.#database, this.chain.id);
    return known?.tip?.hash === tip.hash ? this.#goBack(known, tip, head) : "idle";
  }

  /** The next blocks from `from` on; heights without a block are passed. */
  async #readBlocks(from: number, to: number): Promise<FollowedBlock[]> {
    const blocks: FollowedBlock[] = [];
    for (let next = from; next <= to && blocks.length < BATCH_BLOCKS; ) {
      const count = Math.min(PARALLEL_READS, to - next + 1);
      const heights = Array.from({ length: count }, (_, i) => next + i);
      const read = await Promise.all(heights.map((height) => this.chain.block(height)));
      blocks.push(...read.filter((block) => block !== undefined));
      next += count;
      if (this.chain.nextHeight === undefined || read.some((block) => block !== undefined))
        continue;
      const found = await this.chain.nextHeight(next);
      if (found === undefined) break;
      next = found;
    }
    return blocks;
  }

  /** Takes back what is not the chain's any more, down to the newest block that still is. */
  async #goBack(known: ChainTip, tip: KnownBlock, head: BlockRef): Promise<FollowStep> {
    const { id } = this.chain;
    if (known.final !== undefined && head.height < known.final) return this.#lookBelow(head);
    for (const block of await this.#blocksFrom(known.final ?? 0)) {
      if (block.height > head.height || !(await this.#isCanonical(block))) continue;
      if (block.hash === tip.hash) return "idle";
      const depth = tip.height - block.height;
      const undone = await this.#database.transaction((tx) =>
        undoBlocks(tx, id, block.height, tip.hash),
      );
      if (undone) this.#log(`index: ${id} was reorganised ${depth} deep, above ${block.height}`);
      return undone ? "undone" : "idle";
    }
    return this.#rebuild(`its block ${known.final ?? "0"} is another one`);
  }

  /** The chain ends below what was final: another chain of the same name, or a node that is behind. */
  async #lookBelow(head: BlockRef): Promise<FollowStep> {
    const [block] = await this.#database.query<KnownBlock>(
      "SELECT height, hash FROM block WHERE chain = $1 AND height <= $2 ORDER BY height DESC LIMIT 1",
      [this.chain.id, head.height],
    );
    if (block !== undefined && (await this.#isCanonical(block))) return "idle";
    return this.#rebuild(`its block ${block?.height ?? head.height} is another one`);
  }

  async #rebuild(why: string): Promise<FollowStep> {
    await this.#forget(this.chain.id, `this is not the chain that was indexed, ${why}`);
    return "rebuilt";
  }

  async #forget(id: string, why: string): Promise<void> {
    this.#log(`index: REMOVING ALL ROWS OF ${id}: ${why}`);
    await this.#database.transaction(async (tx) => {
      const transfers = await forgetChain(tx, id);
      await notify(tx, { chain: id, transfers });
    });
  }

  async #finalize({ tip, final }: ChainTip): Promise<FollowStep> {
    const { id } = this.chain;
    if (tip === undefined || final === tip.height || tip.hash === this.#settled) return "idle";
    const { height, hash } = await this.chain.finalized();
    if (height <= (final ?? -1) || height > tip.height) {
      this.#settled = tip.hash;
      return "idle";
    }
    await this.#database.transaction(async (tx) => {
      const known = await readTip(tx, id, "FOR UPDATE");
      const [block] = await tx.query<KnownBlock>(
        "SELECT height, hash FROM block WHERE chain = $1 AND height = $2",
        [id, height],
      );
      if (known === undefined || block?.hash !== hash || height <= (known.final ?? -1)) return;
      const transfers = await writeFinal(tx, id, height, known.final);
      await notify(tx, { chain: id, owners: [], transfers });
    });
    return "advanced";
  }

  /** Known blocks from `height` on, newest first. */
  #blocksFrom(height: number): Promise<KnownBlock[]> {
    return this.#database.query<KnownBlock>(
      "SELECT height, hash FROM block WHERE chain = $1 AND height >= $2 ORDER BY height DESC",
      [this.chain.id, height],
    );
  }

  async #isCanonical({ height, hash }: KnownBlock): Promise<boolean> {
    return (await this.chain.block(height))?.ref.hash === hash;
  }
}
