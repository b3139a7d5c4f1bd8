import { Bug } from "@dragoman/fault";
import { type Lease, LeaseLost } from "../outbox/outbox.ts";
import type { RelayEnd } from "../relay-chain.ts";
import { followChain } from "./follow-chain.ts";
import type { RelayerWorld } from "./relayer-world.ts";
import { startTransfers } from "./start-transfers.ts";
import type { Tuning } from "./tuning.ts";
import { watchTransactions } from "./watch-transactions.ts";

/** A pass of work under a lease; true if there is more at once. */
type Pass = (lease: Lease) => Promise<boolean>;

/**
 * Carries packets between its chains. For every chain it follows the final blocks, and works on the lane of what is to be submitted there; each
 * under a lease, so that any number of relayers may share one outbox. It keeps nothing in memory that the outbox does not have: it may be killed
 * at any moment and started again.
 */
export class Relayer {
  readonly #world: RelayerWorld;
  readonly #tuning: Tuning;
  readonly #holder: string;
  #isStopped = false;

  /** `holder`: a name that no other relayer, past ones included, has had. */
  constructor(world: RelayerWorld, tuning: Tuning, holder: string) {
    this.#world = world;
    this.#tuning = tuning;
    this.#holder = holder;
  }

  /** Works until {@link Relayer.stop}; resolves when the passes that were under way have ended and the leases are given back. */
  async run(): Promise<void> {
    await Promise.all(
      this.#world.ends.flatMap((end) => [
        this.#repeat(`follow/${end.chain.domain}`, (lease) =>
          followChain(this.#world, end.chain, lease, this.#tuning),
        ),
        this.#repeat(`lane/${end.chain.domain}`, (lease) => this.#workLane(end, lease)),
      ]),
    );
  }

  /** Begins no further pass. */
  stop(): void {
    this.#isStopped = true;
  }

  async #workLane(end: RelayEnd, lease: Lease): Promise<boolean> {
    const { outbox } = this.#world;
    const { chain } = end;
    const before = await outbox.open(chain.domain);
    await watchTransactions(this.#world, chain, lease, before, this.#tuning);
    const open = before.length === 0 ? before : await outbox.open(chain.domain);
    await startTransfers(this.#world, end, lease, open, this.#tuning);
    return false;
  }

  async #repeat(name: string, pass: Pass): Promise<void> {
    let held: Lease | undefined;
    while (!this.#isStopped) {
      let hasMore = false;
      try {
        const now = this.#world.now();
        held = await this.#world.outbox.lease(name, this.#holder, now, this.#tuning.leaseMs);
        if (held !== undefined) hasMore = await pass(held);
      } catch (error) {
        // A chain or a database that does not answer, or a lease that went to another: the next pass finds out.
        if (error instanceof Bug) throw error;
        if (error instanceof LeaseLost) held = undefined;
        const detail = error instanceof Error ? error.message : `${error}`;
        this.#world.note({ what: "failed", where: name, detail });
      }
      if (!hasMore && !this.#isStopped) await this.#world.sleep(this.#tuning.pollMs);
    }
    if (held !== undefined) await this.#world.outbox.release(held);
  }
}
