/** Prices that a publisher goes through: each is computed from the one before and a seeded random source, in integers. */
export class PricePath {
  #price: bigint;
  readonly #anchor: bigint;
  #state: number;

  /** `seed`: any 32-bit integer. `price`: where it begins and what it is drawn back to, 1e-6 USD. */
  constructor(seed: number, price: bigint) {
    this.#price = price;
    this.#anchor = price;
    this.#state = seed | 0;
  }

  get price(): bigint {
    return this.#price;
  }

  /** Moves on by a step of at most 0.2 %, drawn to the anchor by a hundredth of the distance. */
  next(): bigint {
    const basis = BigInt(this.#random() % 4001) - 2000n;
    const pull = (this.#anchor - this.#price) / 100n;
    const moved = this.#price + (this.#price * basis) / 1_000_000n + pull;
    this.#price = moved < 1n ? 1n : moved;
    return this.#price;
  }

  /** mulberry32: 32 random bits. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  }
}
