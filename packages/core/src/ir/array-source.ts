/** Room of one buffer: larger ones come from the system, page by page, and cost more than they save. */
const CHUNK_BYTES = 1 << 16;
/** An array beyond this has a buffer of its own. */
const CUT_MAX = CHUNK_BYTES >> 2;

/**
 * Zeroed arrays cut from common buffers: an array on a buffer that is there costs V8 a thirtieth of one with a buffer of its own, which takes it a
 * microsecond. A buffer lives as long as any array on it, so arrays that live long and those that do not come from two sources.
 */
class ArraySource {
  #buffer = new ArrayBuffer(CHUNK_BYTES);
  #at = 0;

  #cut(bytes: number): number {
    const rounded = (bytes + 7) & ~7;
    if (this.#at + rounded > CHUNK_BYTES) {
      this.#buffer = new ArrayBuffer(CHUNK_BYTES);
      this.#at = 0;
    }
    const at = this.#at;
    this.#at = at + rounded;
    return at;
  }

  int32s(length: number): Int32Array {
    if (length * 4 > CUT_MAX) return new Int32Array(length);
    const at = this.#cut(length * 4);
    return new Int32Array(this.#buffer, at, length);
  }

  uint16s(length: number): Uint16Array {
    if (length * 2 > CUT_MAX) return new Uint16Array(length);
    const at = this.#cut(length * 2);
    return new Uint16Array(this.#buffer, at, length);
  }

  uint8s(length: number): Uint8Array {
    if (length > CUT_MAX) return new Uint8Array(length);
    const at = this.#cut(length);
    return new Uint8Array(this.#buffer, at, length);
  }

  /** A copy of `from[start..end)`. */
  copyOfInt32s(from: Int32Array, start: number, end: number): Int32Array {
    const copy = this.int32s(end - start);
    for (let i = start; i < end; i++) copy[i - start] = from[i]!;
    return copy;
  }

  /** A copy of `from[start..end)`. */
  copyOfUint8s(from: Uint8Array, start: number, end: number): Uint8Array {
    const copy = this.uint8s(end - start);
    for (let i = start; i < end; i++) copy[i - start] = from[i]!;
    return copy;
  }
}

/** For what is gone when an analysis, a lift or a translation ends. */
export const scratch = new ArraySource();
/** For what stays with a function. */
export const lasting = new ArraySource();
