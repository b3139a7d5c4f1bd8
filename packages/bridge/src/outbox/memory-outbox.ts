import type { LaneTransaction, Transfer, TransferKey } from "../transfer.ts";
import { MemoryDisk } from "./memory-disk.ts";
import {
  type Cursor,
  type Lease,
  LeaseLost,
  type Outbox,
  type OutboxWrite,
  type TransferFilter,
} from "./outbox.ts";
import { OutboxTables } from "./outbox-tables.ts";

interface LeaseRow extends Lease {
  readonly expiresAt: number;
}

/**
 * The outbox in memory, over a log that has the failures of a disk. Any number of relayers may share one, as they share a database; after a
 * crash of its disk it is opened anew on what is left.
 */
export class MemoryOutbox implements Outbox {
  readonly #disk: MemoryDisk;
  readonly #tables = new OutboxTables();
  readonly #leases = new Map<string, LeaseRow>();

  constructor(disk: MemoryDisk = new MemoryDisk()) {
    this.#disk = disk;
    for (const { lease, writes } of disk.records) {
      this.#tables.apply(writes);
      // Tokens grow over a loss of power, too: what ran before it cannot write any more.
      this.#leases.set(lease.name, { ...lease, expiresAt: 0 });
    }
  }

  async lease(
    name: string,
    holder: string,
    now: number,
    ttlMs: number,
  ): Promise<Lease | undefined> {
    const row = this.#leases.get(name);
    const isOwn = row?.holder === holder;
    if (row !== undefined && !isOwn && row.expiresAt > now) return undefined;
    const token = (row?.token ?? 0) + (isOwn ? 0 : 1);
    this.#leases.set(name, { name, holder, token, expiresAt: now + ttlMs });
    return { name, holder, token };
  }

  async release(lease: Lease): Promise<void> {
    const row = this.#leases.get(lease.name);
    if (row?.token === lease.token) this.#leases.set(lease.name, { ...row, expiresAt: 0 });
  }

  async commit(lease: Lease, writes: readonly OutboxWrite[]): Promise<void> {
    if (this.#leases.get(lease.name)?.token !== lease.token) throw new LeaseLost(lease);
    this.#tables.apply(writes);
    this.#disk.append({ lease, writes });
    this.#disk.sync();
  }

  async cursor(domain: number): Promise<Cursor | undefined> {
    return this.#tables.cursor(domain);
  }

  async transfer(key: TransferKey): Promise<Transfer | undefined> {
    return this.#tables.transfer(key);
  }

  async due(
    lane: number,
    now: number,
    horizonMs: number,
    limit: number,
  ): Promise<readonly Transfer[]> {
    return this.#tables.due(lane, now, horizonMs, limit);
  }

  async late(destination: number, timestamp: number, limit: number): Promise<readonly Transfer[]> {
    return this.#tables.late(destination, timestamp, limit);
  }

  async open(lane: number): Promise<readonly LaneTransaction[]> {
    return this.#tables.open(lane);
  }

  async nonceFloor(lane: number, sender: string): Promise<bigint> {
    return this.#tables.nonceFloor(lane, sender);
  }

  async transfers(filter: TransferFilter, limit: number): Promise<readonly Transfer[]> {
    return this.#tables.transfers(filter, limit);
  }
}
