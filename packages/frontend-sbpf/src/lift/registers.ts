import { type FunctionBuilder, I64 } from "@dragoman/core";

const NONE = -1;

/**
 * r0 to r9 inside one function: variables of the IR, read at most once in a block and written back at its end.
 */
export class Registers {
  readonly #builder: FunctionBuilder;
  /** Current value of each register in the open block; NONE = still in its variable. */
  readonly #values = new Int32Array(10).fill(NONE);
  #dirty = 0;

  /** Declares the variables 0 to 9. */
  constructor(builder: FunctionBuilder) {
    this.#builder = builder;
    for (let register = 0; register < 10; register++) builder.variable(I64);
  }

  get(register: number): number {
    const known = this.#values[register];
    if (known !== NONE) return known;
    const value = this.#builder.getVar(register);
    this.#values[register] = value;
    return value;
  }

  set(register: number, value: number): void {
    this.#values[register] = value;
    this.#dirty |= 1 << register;
  }

  /** Writes changed registers of the set `live` back: what the end of a block needs. */
  flush(live: number): void {
    const dirty = this.#dirty & live;
    for (let register = 0; register < 10; register++) {
      if (((dirty >> register) & 1) !== 0) this.#builder.setVar(register, this.#values[register]);
    }
    this.#dirty = 0;
  }

  /** Forgets all values: what the beginning of a block needs. */
  forget(): void {
    this.#values.fill(NONE);
    this.#dirty = 0;
  }
}
