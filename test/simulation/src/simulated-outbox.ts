import {
  type Cursor,
  type LaneTransaction,
  type Lease,
  MemoryDisk,
  type MemoryOutbox,
  type Outbox,
  type OutboxWrite,
  type Transfer,
  type TransferFilter,
  type TransferKey,
} from "@dragoman/bridge";
import type { Perform } from "./model-node.ts";
import type { Mutation } from "./mutation.ts";

/** A disk that reports a sync which it makes only now and then. */
export class LazyDisk extends MemoryDisk {
  #count = 0;

  override sync(): void {
    this.#count += 1;
    if (this.#count % 6 === 0) super.sync();
  }
}

/** The outbox of one process: each call waits for its turn; some have a guard less. */
export class SimulatedOutbox implements Outbox {
  readonly #inner: () => MemoryOutbox;
  readonly #perform: Perform;
  readonly #committed: (writes: readonly OutboxWrite[]) => void;
  readonly #granted: Map<string, Lease>;
  readonly #mutation: Mutation | undefined;

  /** `inner` gives the outbox on the disk as it is now; `committed` hears what was made durable; `granted`: leases that were given to anybody. */
  constructor(
    inner: () => MemoryOutbox,
    perform: Perform,
    committed: (writes: readonly OutboxWrite[]) => void,
    granted: Map<string, Lease>,
    mutation: Mutation | undefined,
  ) {
    this.#inner = inner;
    this.#perform = perform;
    this.#committed = committed;
    this.#granted = granted;
    this.#mutation = mutation;
  }

  async lease(
    name: string,
    holder: string,
    now: number,
    ttlMs: number,
  ): Promise<Lease | undefined> {
    const ask = this.#perform("outbox lease", () => this.#inner().lease(name, holder, now, ttlMs));
    const lease = await ask;
    if (this.#mutation !== "lease") return lease;
    if (lease !== undefined) this.#granted.set(name, lease);
    return lease ?? this.#granted.get(name);
  }

  release(lease: Lease): Promise<void> {
    return this.#perform("outbox release", () => this.#inner().release(lease));
  }

  async commit(lease: Lease, writes: readonly OutboxWrite[]): Promise<void> {
    if (this.#mutation !== "atomic-commit") return this.#commit(lease, writes);
    const isCursor = ({ kind }: OutboxWrite): boolean => kind === "cursor";
    await this.#commit(lease, writes.filter(isCursor));
    await this.#commit(
      lease,
      writes.filter((write) => !isCursor(write)),
    );
  }

  #commit(lease: Lease, writes: readonly OutboxWrite[]): Promise<void> {
    return this.#perform("outbox commit", async () => {
      const mutated = writes.map((write) => this.#mutated(write));
      await this.#inner().commit(lease, mutated);
      this.#committed(writes);
    });
  }

  #mutated(write: OutboxWrite): OutboxWrite {
    if (this.#mutation === "backoff-persistence" && write.kind === "schedule") {
      return { ...write, nextAttemptAt: 0, attempt: 0, delayMs: 0 };
    }
    if (this.#mutation === "nonce-persistence" && write.kind === "sign") {
      const { nonce: _, ...signed } = write.transaction.signed;
      return { ...write, transaction: { ...write.transaction, signed } };
    }
    return write;
  }

  cursor(domain: number): Promise<Cursor | undefined> {
    return this.#perform("outbox cursor", () => this.#inner().cursor(domain));
  }

  transfer(key: TransferKey): Promise<Transfer | undefined> {
    return this.#perform("outbox transfer", () => this.#inner().transfer(key));
  }

  due(lane: number, now: number, horizonMs: number, limit: number): Promise<readonly Transfer[]> {
    return this.#perform("outbox due", () => this.#inner().due(lane, now, horizonMs, limit));
  }

  late(destination: number, timestamp: number, limit: number): Promise<readonly Transfer[]> {
    return this.#perform("outbox late", () => this.#inner().late(destination, timestamp, limit));
  }

  open(lane: number): Promise<readonly LaneTransaction[]> {
    return this.#perform("outbox open", () => this.#inner().open(lane));
  }

  nonceFloor(lane: number, sender: string): Promise<bigint> {
    return this.#perform("outbox floor", () => this.#inner().nonceFloor(lane, sender));
  }

  transfers(filter: TransferFilter, limit: number): Promise<readonly Transfer[]> {
    return this.#perform("outbox transfers", () => this.#inner().transfers(filter, limit));
  }
}
