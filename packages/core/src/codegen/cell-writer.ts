import { scratch } from "../ir/array-source.ts";
import { WasmWriter } from "./wasm-writer.ts";

/**
 * Where one limb of a value is: a wasm local (0 and more), zero, or `CONSTANT - index` into
 * `constants`.
 */
const ZERO = -1;
const CONSTANT = -2;

/** State of a value: 0 = not met yet, computed where it is used, or lying in its cells. */
const _UNSEEN = 0;
export const LAZY = 1;
export const READY = 2;

/** Where the limbs of values are, constants among them. */
export class CellWriter extends WasmWriter {
  protected readonly state: Uint8Array;
  /** Four cells a value. */
  protected readonly cells: Int32Array;
  readonly #constantLow: number[] = [];
  readonly #constantHigh: number[] = [];

  constructor(valueCount: number) {
    super();
    this.state = scratch.uint8s(valueCount);
    this.cells = scratch.int32s(valueCount * 4).fill(ZERO);
  }

  setConstant(value: number, k: number, low: number, high: number): void {
    this.state[value] = READY;
    this.cells[value * 4 + k] =
      low === 0 && high === 0 ? ZERO : CONSTANT - this.#constantLow.length;
    if (low === 0 && high === 0) return;
    this.#constantLow.push(low);
    this.#constantHigh.push(high);
  }

  /** True if limb `k` is known to be zero. */
  isZeroLimb(value: number, k: number): boolean {
    return this.state[value] === READY && this.cells[value * 4 + k] === ZERO;
  }

  /** True if limb `k` is a constant, zero included. */
  isConstantLimb(value: number, k: number): boolean {
    return this.state[value] === READY && this.cells[value * 4 + k] < 0;
  }

  /** Halves of a constant limb. */
  constantLow(value: number, k: number): number {
    const cell = this.cells[value * 4 + k];
    return cell === ZERO ? 0 : this.#constantLow[CONSTANT - cell];
  }

  constantHigh(value: number, k: number): number {
    const cell = this.cells[value * 4 + k];
    return cell === ZERO ? 0 : this.#constantHigh[CONSTANT - cell];
  }

  isConstant(value: number): boolean {
    if (this.state[value] !== READY) return false;
    const cells = this.cells;
    const at = value * 4;
    return cells[at] < 0 && cells[at + 1] < 0 && cells[at + 2] < 0 && cells[at + 3] < 0;
  }

  /** The value of a constant if it is at most `max` (< 2^31), or -1. */
  smallConstant(value: number, max: number): number {
    if (!this.isConstant(value)) return -1;
    for (let k = 1; k < 4; k++) if (!this.isZeroLimb(value, k)) return -1;
    const low = this.constantLow(value, 0);
    return this.constantHigh(value, 0) === 0 && low >= 0 && low <= max ? low : -1;
  }

  /** Local of limb `k` of a settled value, or a negative number. */
  cell(value: number, k: number): number {
    return this.cells[value * 4 + k];
  }
}
