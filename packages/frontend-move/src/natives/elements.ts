import type { Frame } from "@dragoman/core";

/**
 * Values that Move code holds by number because it cannot look into them: elements of fields and groups. They live as long as the
 * frame.
 */
export class Elements {
  readonly #values: unknown[] = [];
  #bytes = 0;

  /** Forgets everything: the frame begins. */
  clear(): void {
    this.#values.length = 0;
    this.#bytes = 0;
  }

  /** Number of values held. */
  get count(): number {
    return this.#values.length;
  }

  /** Bytes that the values were said to have. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Keeps a value of so many bytes; its number. */
  add(value: unknown, bytes: number): bigint {
    this.#bytes += bytes;
    return BigInt(this.#values.push(value) - 1);
  }

  /** The value with the number; undefined if nobody has been given it. */
  get(handle: bigint): unknown {
    return handle < this.#values.length ? this.#values[Number(handle)] : undefined;
  }

  replace(handle: bigint, value: unknown): void {
    this.#values[Number(handle)] = value;
  }
}

/** What a Move frame's context has for natives that keep elements: of `crypto_algebra`, and of `ristretto255`. */
export interface WithElements {
  readonly algebra: Elements;
  readonly points: Elements;
}

export const algebraOf = (frame: Frame): Elements => (frame.context as WithElements).algebra;
export const pointsOf = (frame: Frame): Elements => (frame.context as WithElements).points;
