import { equalBytes } from "@dragoman/bytes";
import { type IrFunction, WordPool } from "@dragoman/core";

interface SharedLift {
  readonly length: number;
  readonly from: number;
  readonly bytes: Uint8Array;
  readonly fn: IrFunction;
}

const WORDS_MAX = 20_000;
const LIFTS_MAX = 4096;

/**
 * Chunks of initcode by content: constructors of one contract differ in the arguments behind them and in immutables, and their other chunks are
 * the same. Functions use one pool of words.
 */
export class SharedLifts {
  readonly pool = new WordPool();
  readonly #lifts = new Map<number, SharedLift>();
  /** Entry functions by number of chunks. */
  readonly #loops = new Map<number, IrFunction>();

  /** True if it holds so much that whoever owns it should begin a new one. */
  get isFull(): boolean {
    return this.pool.words.length > WORDS_MAX || this.#lifts.size > LIFTS_MAX;
  }

  /** The entry function of code in `chunks` chunks, made by `lift` if there is none yet. */
  loop(chunks: number, lift: () => IrFunction): IrFunction {
    let fn = this.#loops.get(chunks);
    if (fn === undefined) {
      fn = lift();
      this.#loops.set(chunks, fn);
    }
    return fn;
  }

  /**
   * The lift of bytes [from, to) of `code`, made by `lift` if nobody has had them. It may depend on them, on the place and on the length
   * of the code, and on nothing else.
   */
  find(code: Uint8Array, from: number, to: number, lift: () => IrFunction): IrFunction {
    let hash = Math.imul(code.length, 0x9e3779b1) ^ Math.imul(from, 0x85ebca6b) ^ to;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ code[i], 0x01000193);
    const known = this.#lifts.get(hash);
    const isSame =
      known?.length === code.length &&
      known.from === from &&
      equalBytes(known.bytes, code.subarray(from, to));
    if (isSame) return known.fn;
    const fn = lift();
    this.#lifts.set(hash, { length: code.length, from, bytes: code.slice(from, to), fn });
    return fn;
  }
}
