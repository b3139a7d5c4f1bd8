/**
 * The only clock of ledgers. Several ledgers share one, so that time moves on all chains at once. It never runs backwards.
 */
export class LedgerClock {
  readonly #millis: () => number;
  #offset = 0;

  /** `millis`: milliseconds since 1970-01-01, for example `Date.now`. */
  constructor(millis: () => number) {
    this.#millis = millis;
  }

  /** Milliseconds since 1970-01-01 on this clock. */
  millis(): number {
    return this.#millis() + this.#offset;
  }

  /** Whole seconds since 1970-01-01 on this clock. */
  seconds(): number {
    return Math.floor(this.millis() / 1000);
  }

  /** Moves the clock forward: the chains' time travel. */
  advance(seconds: number): void {
    if (!(seconds >= 0)) throw new RangeError(`a clock moves forward, not by ${seconds} s`);
    this.#offset += seconds * 1000;
  }
}
