import { FaultError } from "@dragoman/fault";
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

/** Hears why a block of the mode `interval` could not be made. */
export type BlockReport = (line: string) => void;

const toStandardError: BlockReport = (line) => void process.stderr.write(`${line}\n`);

/** Makes a ledger's blocks in a {@link BlockMode}, by timers of the host. */
export class BlockProducer<B extends LedgerBlock> {
  readonly ledger: Ledger<B>;
  readonly #report: BlockReport;
  #mode: BlockMode = { kind: "demand" };
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param report default: standard error */
  constructor(ledger: Ledger<B>, mode: BlockMode, report: BlockReport = toStandardError) {
    this.ledger = ledger;
    this.#report = report;
    this.setMode(mode);
  }

  get mode(): BlockMode {
    return this.#mode;
  }

  setMode(mode: BlockMode): void {
    this.stop();
    this.#mode = mode;
    if (mode.kind !== "interval") return;
    this.#timer = setInterval(() => this.#tick(), mode.ms);
    this.#timer.unref();
  }

  /** What a block needs may be on another machine: a fault is told, and the next tick tries again. Nothing of the block was committed. */
  #tick(): void {
    try {
      this.ledger.produce();
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      this.#report(`no block this time: ${error.fault.message}`);
    }
  }

  /** Submits a transaction and, in the mode `instant`, makes its block. Returns the transaction's identifier. Faults as {@link submitBy}. */
  submit(transaction: Uint8Array): Uint8Array {
    return this.submitBy(() => this.ledger.submit(transaction));
  }

  /**
   * As {@link submit}, for a ledger's own way into its pool, which gives the identifier. Faults: its own; where the block at once cannot be made, that
   * of {@link Ledger.produce}, and then the transaction is not in the pool, so that it can be sent again.
   */
  submitBy(admit: () => Uint8Array): Uint8Array {
    const id = admit();
    if (this.#mode.kind !== "instant") return id;
    try {
      if (this.ledger.pendingCount > 0) this.ledger.produce();
    } catch (error) {
      this.ledger.withdraw?.(id);
      throw error;
    }
    return id;
  }

  /** Ends the timer; blocks are made on demand from now on. */
  stop(): void {
    if (this.#timer !== undefined) clearInterval(this.#timer);
    this.#timer = undefined;
    this.#mode = { kind: "demand" };
  }
}
