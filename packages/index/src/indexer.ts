import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@dragoman/store";
import { ChainFollower } from "./chain-follower.ts";
import type { FollowedChain } from "./followed-chain.ts";
import { MIGRATIONS } from "./schema.ts";

export interface IndexerOptions {
  readonly database: Database;
  readonly chains: readonly FollowedChain[];
  /** Pause after a chain had nothing new, ms. Default: 100. */
  readonly pollMs?: number;
  /** Takes a line for each reorganisation, rebuild and trouble. */
  readonly log?: (line: string) => void;
}

/** Pause after a chain could not be read, ms: doubles up to this. */
const TROUBLE_MS_MAX = 4000;

/** Follows chains into a database, each for itself, until it is stopped. Any number of them may share a database. */
export class Indexer {
  readonly #database: Database;
  readonly #followers: readonly ChainFollower[];
  readonly #pollMs: number;
  readonly #log: (line: string) => void;
  readonly #stop = new AbortController();
  #loops: readonly Promise<void>[] = [];

  constructor({ database, chains, pollMs = 100, log = () => undefined }: IndexerOptions) {
    this.#database = database;
    this.#pollMs = pollMs;
    this.#log = log;
    this.#followers = chains.map((chain) => new ChainFollower(chain, database, log));
  }

  /** Makes the tables and begins to follow. Fault: INVALID_DATABASE. */
  async start(): Promise<void> {
    await migrateIndex(this.#database);
    this.#loops = this.#followers.map((follower) => this.#follow(follower));
  }

  /** Ends after the steps that are under way. The database stays open. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#loops);
  }

  async #follow(follower: ChainFollower): Promise<void> {
    let troubles = 0;
    let lastTrouble = "";
    while (!this.#stop.signal.aborted) {
      try {
        const done = await follower.step();
        if (troubles > 0) this.#log(`index: ${follower.chain.id} can be read again`);
        troubles = 0;
        lastTrouble = "";
        if (done === "idle") await this.#pause(this.#pollMs);
      } catch (error) {
        const trouble = `index: ${follower.chain.id}: ${describe(error)}`;
        if (trouble !== lastTrouble) this.#log(trouble);
        lastTrouble = trouble;
        await this.#pause(Math.min(this.#pollMs * 2 ** troubles++, TROUBLE_MS_MAX));
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}

/** Makes or brings up to date the tables of the index. Fault: INVALID_DATABASE. */
export const migrateIndex = (database: Database): Promise<void> =>
  database.migrate("index", MIGRATIONS);

/** A bug with its place, anything else by its message. */
const describe = (error: unknown): string =>
  error instanceof Error
    ? error.name === "Bug"
      ? (error.stack ?? error.message)
      : error.message
    : String(error);
