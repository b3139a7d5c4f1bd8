import type { Lease, OutboxWrite } from "./outbox.ts";

/** One commit. */
export interface DiskRecord {
  readonly lease: Lease;
  readonly writes: readonly OutboxWrite[];
}

/**
 * A log as a disk keeps it: what was appended can be read at once, what was synced survives a loss of power.
 */
export class MemoryDisk {
  readonly #records: DiskRecord[] = [];
  #synced = 0;

  get records(): readonly DiskRecord[] {
    return this.#records;
  }

  append(record: DiskRecord): void {
    this.#records.push(record);
  }

  /** Makes everything that was appended durable. */
  sync(): void {
    this.#synced = this.#records.length;
  }

  /** Power fails: what was not synced is gone. */
  crash(): void {
    this.#records.length = this.#synced;
  }
}
