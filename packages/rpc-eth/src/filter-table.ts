import { encodeHex } from "@dragoman/bytes";
import type { EvmLedger } from "@dragoman/ledger-evm";
import { RpcError } from "@dragoman/rpc-server";
import { findLogs, matchingLogs, readLogFilter } from "./log-filter.ts";
import { SERVER_ERROR } from "./read-params.ts";
import { quantity } from "./views.ts";

/** Filters that are kept; the one that was made first goes first. */
const FILTERS_MAX = 1000;
/** Results that wait for a client; a filter that nobody asks is dropped then. */
const WAITING_MAX = 100_000;

interface Filter {
  /** Results since the last question. */
  waiting: unknown[];
  /** The filter object of a log filter. */
  readonly query: unknown;
  readonly end: () => void;
}

/** The filters of `eth_newFilter` and its kin: they gather what happens until a client asks. */
export class FilterTable {
  readonly #ledger: EvmLedger;
  readonly #filters = new Map<string, Filter>();
  #last = 0;

  constructor(ledger: EvmLedger) {
    this.#ledger = ledger;
  }

  /** Logs of new blocks, and as removed those of undone ones. */
  openLogs(query: unknown): string {
    const filter = readLogFilter(query);
    return this.#open(query, (gather) =>
      this.#ledger.blocks.subscribe((event) => {
        const blocks = event.kind === "block" ? [event.block] : event.removed;
        for (const block of blocks) gather(matchingLogs(block, filter, event.kind === "reorg"));
      }),
    );
  }

  /** Hashes of new blocks. */
  openBlocks(): string {
    return this.#open(undefined, (gather) =>
      this.#ledger.blocks.subscribe((event) => {
        if (event.kind === "block") gather([encodeHex(event.block.hash)]);
      }),
    );
  }

  /** Hashes of transactions that come into the pool. */
  openPending(): string {
    return this.#open(undefined, (gather) =>
      this.#ledger.onPending((tx) => gather([encodeHex(tx.hash)])),
    );
  }

  #open(
    query: unknown,
    start: (gather: (results: readonly unknown[]) => void) => () => void,
  ): string {
    if (this.#filters.size === FILTERS_MAX) this.close(this.#filters.keys().next().value!);
    this.#last += 1;
    const id = quantity(this.#last);
    const end = start((results) => {
      const filter = this.#filters.get(id)!;
      filter.waiting.push(...results);
      if (filter.waiting.length > WAITING_MAX) this.close(id);
    });
    this.#filters.set(id, { waiting: [], query, end });
    return id;
  }

  /** What happened since the last question. */
  changes(id: unknown): unknown[] {
    const filter = this.#find(id);
    const { waiting } = filter;
    filter.waiting = [];
    return waiting;
  }

  /** All logs of a log filter's range. */
  logs(id: unknown): object[] {
    const { query } = this.#find(id);
    return query === undefined ? notFound() : findLogs(this.#ledger, query);
  }

  /** Ends a filter; false if there is none. */
  close(id: unknown): boolean {
    this.#filters.get(id as string)?.end();
    return this.#filters.delete(id as string);
  }

  #find(id: unknown): Filter {
    return this.#filters.get(id as string) ?? notFound();
  }
}

const notFound = (): never => {
  throw new RpcError(SERVER_ERROR, "filter not found");
};
