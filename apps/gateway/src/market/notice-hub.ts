import { listenToIndex, type Notice } from "@dragoman/index";
import type { Database } from "@dragoman/store";

/** A change of the index; undefined: any number of changes may have been missed. */
export type HeardNotice = Notice | undefined;

/** Hands the notices of the index to whoever subscribes: one connection for all. */
export class NoticeHub {
  readonly #sinks = new Map<(notice: HeardNotice) => void, () => void>();
  #stop: (() => Promise<void>) | undefined;

  /** Begins to listen. */
  async open(database: Database): Promise<void> {
    this.#stop = await listenToIndex(database, (notice) => {
      for (const sink of this.#sinks.keys()) sink(notice);
    });
  }

  /** Calls `sink` until the result is called. `end` is called when the hub closes. */
  add(sink: (notice: HeardNotice) => void, end: () => void): () => void {
    this.#sinks.set(sink, end);
    return () => this.#sinks.delete(sink);
  }

  /** Ends all subscriptions. */
  async close(): Promise<void> {
    for (const end of this.#sinks.values()) end();
    this.#sinks.clear();
    await this.#stop?.();
  }
}
