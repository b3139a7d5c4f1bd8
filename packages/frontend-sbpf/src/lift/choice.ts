import type { FunctionBuilder } from "@dragoman/core";

/**
 * Chooses between two i64 values without a jump: by masks, as V8 makes a jump of WebAssembly's `select` (a loop of shifts and conditional
 * subtractions: 31 ms with masks, 43 with `select`, 46 with jumps).
 */
export class Choice {
  readonly #builder: FunctionBuilder;
  /** Constants of the open IR block, 0 and 1 alone. */
  readonly #small = new Map<number, 0 | 1>();
  /** Other values of the open IR block that are 0 or 1. */
  readonly #booleans = new Set<number>();
  /** 1 to keep the first value. */
  #isKept = -1;
  /** All ones to keep the first value, and to take the second; -1 = not computed. */
  #keepMask = -1;
  #takeMask = -1;

  constructor(builder: FunctionBuilder) {
    this.#builder = builder;
  }

  /** An i64 constant, which is remembered until {@link forget}. */
  constant(low: number, high: number): number {
    const value = this.#builder.const64Parts(low, high);
    if (high === 0 && (low === 0 || low === 1)) this.#small.set(value, low);
    return value;
  }

  forget(): void {
    this.#small.clear();
    this.#booleans.clear();
    this.#isKept = -1;
  }

  /** Remembers that an i64 value is 0 or 1; returns it. */
  boolean(value: number): number {
    this.#booleans.add(value);
    return value;
  }

  isBoolean(value: number): boolean {
    return this.#booleans.has(value);
  }

  /** What follows is chosen by `isKept`, an i64 of 0 or 1. */
  begin(isKept: number): void {
    if (isKept === this.#isKept) return;
    this.#isKept = isKept;
    this.#keepMask = -1;
    this.#takeMask = -1;
  }

  /** `units` where the first values are kept, else 0. */
  unused(units: number): number {
    const builder = this.#builder;
    if (units === 1) return this.#isKept;
    return builder.op("i64.and", this.#keep(), builder.const64Parts(units, 0));
  }

  /** `first` if it is kept, else `second`. */
  choose(first: number, second: number): number {
    const builder = this.#builder;
    if (first === second) return first;
    const kept = this.#small.get(first);
    const taken = this.#small.get(second);
    if (kept === 1 && taken === 0) return this.#isKept;
    if (taken === 0) return builder.op("i64.and", first, this.#keep());
    if (kept === 0) return builder.op("i64.and", second, this.#take());
    const difference = builder.op("i64.xor", first, second);
    return builder.op("i64.xor", second, builder.op("i64.and", difference, this.#keep()));
  }

  #keep(): number {
    const builder = this.#builder;
    if (this.#keepMask < 0) {
      this.#keepMask = builder.op("i64.sub", builder.const64Parts(0, 0), this.#isKept);
    }
    return this.#keepMask;
  }

  #take(): number {
    const builder = this.#builder;
    if (this.#takeMask < 0) {
      this.#takeMask = builder.op("i64.sub", this.#isKept, builder.const64Parts(1, 0));
    }
    return this.#takeMask;
  }
}
