import { assert } from "@dragoman/fault";

/** Writes little-endian fields one behind the other into a buffer that grows. */
export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Bytes written so far: the offset of the next field. */
  get length(): number {
    return this.#length;
  }

  /** Makes room for `size` bytes and gives their offset. */
  #extend(size: number): number {
    const at = this.#length;
    const end = at + size;
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, at));
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.#length = end;
    return at;
  }

  u8(value: number): void {
    assertFits(value, 0xff);
    const at = this.#extend(1);
    this.#view.setUint8(at, value);
  }

  u16(value: number): void {
    assertFits(value, 0xffff);
    const at = this.#extend(2);
    this.#view.setUint16(at, value, true);
  }

  u32(value: number): void {
    assertFits(value, 0xffff_ffff);
    const at = this.#extend(4);
    this.#view.setUint32(at, value, true);
  }

  u64(value: bigint): void {
    this.uint(value, 8);
  }

  /** Unsigned integer of `size` bytes, a multiple of 8. */
  uint(value: bigint, size: number): void {
    assert(value >= 0n && BigInt.asUintN(size * 8, value) === value, "the value fits its field");
    const at = this.#extend(size);
    for (let offset = 0, rest = value; offset < size; offset += 8, rest >>= 64n) {
      this.#view.setBigUint64(at + offset, rest, true);
    }
  }

  /** Unsigned LEB128 number in its shortest form. */
  uleb128(value: number | bigint): void {
    let rest = BigInt(value);
    assert(rest >= 0n, "a LEB128 number is not negative");
    while (rest > 0x7fn) {
      this.u8(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.u8(Number(rest));
  }

  bytes(value: Uint8Array): void {
    const at = this.#extend(value.length);
    this.#bytes.set(value, at);
  }

  /** Writes over the four bytes at `at`, which exist already. */
  patchU32(at: number, value: number): void {
    assert(at + 4 <= this.#length, "a patch lies inside what was written");
    assertFits(value, 0xffff_ffff);
    this.#view.setUint32(at, value, true);
  }

  /** A copy of all that was written. */
  finish(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.subarray(0, this.#length));
  }
}

const assertFits = (value: number, max: number): void =>
  assert(Number.isInteger(value) && value >= 0 && value <= max, "the value fits its field");
