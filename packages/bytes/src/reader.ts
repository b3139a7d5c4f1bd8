import { assert, refuse } from "@dragoman/fault";

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads little-endian fields of `bytes` from `start` to `end`, never past it. Every refusal is a
 * `FaultError` with the offset of the field in the whole of `bytes`, also in a {@link section}.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  #at: number;
  #knownView: DataView | undefined;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    assert(0 <= start && start <= end && end <= bytes.length, "a reader lies inside its bytes");
    this.bytes = bytes;
    this.end = end;
    this.#at = start;
  }

  /** Made for the first field of several bytes: many readers read none. */
  get #view(): DataView {
    const { buffer, byteOffset, byteLength } = this.bytes;
    this.#knownView ??= new DataView(buffer, byteOffset, byteLength);
    return this.#knownView;
  }

  /** Offset of the next field in the whole of `bytes`. */
  get at(): number {
    return this.#at;
  }

  get remaining(): number {
    return this.end - this.#at;
  }

  /** Takes `size` bytes and gives their offset. */
  #take(size: number): number {
    const at = this.#at;
    if (size > this.end - at) {
      refuse("READ_OUT_OF_RANGE", at, `${size} bytes needed, ${this.end - at} left`, {
        needed: size,
        left: this.end - at,
      });
    }
    this.#at = at + size;
    return at;
  }

  u8(): number {
    return this.bytes[this.#take(1)] as number;
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#take(8), true);
  }

  /** Unsigned integer of `size` bytes, a multiple of 8. */
  uint(size: number): bigint {
    const at = this.#take(size);
    let value = 0n;
    for (let offset = size - 8; offset >= 0; offset -= 8) {
      value = (value << 64n) | this.#view.getBigUint64(at + offset, true);
    }
    return value;
  }

  /** An unsigned LEB128 number in its shortest form, at most `max`, itself below 2^53. */
  uleb128(max: number): number {
    assert(max <= Number.MAX_SAFE_INTEGER, "larger numbers are read by uleb128Wide");
    return Number(this.uleb128Wide(BigInt(max)));
  }

  /** An unsigned LEB128 number in its shortest form, at most `max`, itself below 2^64. */
  uleb128Wide(max: bigint): bigint {
    const start = this.#at;
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.u8();
      value |= BigInt(byte & 0x7f) << shift;
      if (value > max) {
        refuse("ULEB128_OUT_OF_RANGE", start, `the number is larger than ${max}`, { max });
      }
      if (byte === 0 && shift > 0n) refuse("MALFORMED_ULEB128", start, "the last byte is 0");
      if (byte < 0x80) return value;
      // Ten bytes hold any number below 2^64; more are padding, whatever their value.
      if (shift === 63n) refuse("MALFORMED_ULEB128", start, "the number has more than 10 bytes");
    }
  }

  /** The next `length` bytes: a view of the input, not a copy. */
  take(length: number): Uint8Array {
    assert(length >= 0, "a length is not negative");
    const at = this.#take(length);
    return this.bytes.subarray(at, at + length);
  }

  /** The next `length` bytes as text. */
  utf8(length: number): string {
    const at = this.#at;
    const bytes = this.take(length);
    try {
      return UTF8.decode(bytes);
    } catch {
      return refuse("MALFORMED_UTF8", at, "the bytes are not valid UTF-8");
    }
  }

  /** A reader of the next `length` bytes alone; this one goes on behind them. */
  section(length: number): ByteReader {
    assert(length >= 0, "a length is not negative");
    const at = this.#take(length);
    return new ByteReader(this.bytes, at, at + length);
  }

  /** Refuses bytes that were not read. */
  finish(): void {
    if (this.remaining !== 0) {
      refuse("INPUT_LENGTH_MISMATCH", this.#at, `${this.remaining} bytes follow the end`, {
        left: this.remaining,
      });
    }
  }
}
