/** A small generator of pseudo-random numbers with integer state (mulberry32): one seed, one sequence, anywhere. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** 32 random bits, unsigned. */
  bits(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** An integer in [0, bound). */
  below(bound: number): number {
    return this.bits() % bound;
  }

  /** An integer in [low, high]. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True once in `n`. */
  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  /** A word of `bits` bits, often near a power of two or an end of the range. */
  word(bits: number): bigint {
    const limit = 1n << BigInt(bits);
    switch (this.below(6)) {
      case 0:
        return BigInt(this.below(4));
      case 1:
        return limit - 1n - BigInt(this.below(3));
      case 2:
        return BigInt.asUintN(bits, (1n << BigInt(this.below(bits))) + BigInt(this.between(-1, 1)));
      case 3:
        return BigInt(this.below(300)) % limit;
      default: {
        let word = 0n;
        for (let i = 0; i < bits; i += 32) word = (word << 32n) | BigInt(this.bits());
        return BigInt.asUintN(bits, word) >> BigInt(this.oneIn(2) ? this.below(bits) : 0);
      }
    }
  }
}
