import type { LedgerBlock } from "./block.ts";
import type { Ledger } from "./ledger.ts";

/**
 * When blocks are made. `demand`: only when told. `instant`: at once for every transaction. `interval`: every so many
 * milliseconds, empty ones too.
 */
export type BlockMode =
  | { readonly kind: "demand" }
  | { readonly kind: "instant" }
  | { readonly kind: "interval"; readonly ms: number };

/** Makes a ledger's blocks in a {@link BlockMode}, by timers of the host. */
export class BlockProducer<B extends LedgerBlock> {
  readonly ledger: Ledger<B>;
  #mode: BlockMode = { kind: "demand" };
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(ledger: Ledger<B>, mode: BlockMode) {
    this.ledger = ledger;
    this.setMode(mode);
  }

  get mode(): BlockMode {
    return this.#mode;
  }

  setMode(mode: BlockMode): void {
    this.stop();
    this.#mode = mode;
    if (mode.kind !== "interval") return;
    this.#timer = setInterval(() => this.ledger.produce(), mode.ms);
    this.#timer.unref();
  }

  /** Submits a transaction and, in the mode `instant`, makes its block. Returns the transaction's identifier. */
  submit(transaction: Uint8Array): Uint8Array {
    const id = this.ledger.submit(transaction);
    if (this.#mode.kind === "instant" && this.ledger.pendingCount > 0) this.ledger.produce();
    return id;
  }

  /** Ends the timer; blocks are made on demand from now on. */
  stop(): void {
    if (this.#timer !== undefined) clearInterval(this.#timer);
    this.#timer = undefined;
    this.#mode = { kind: "demand" };
  }
}
