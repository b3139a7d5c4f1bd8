/** Collects bytes in a buffer that grows. */
export class ByteWriter {
  bytes = new Uint8Array(256);
  length = 0;

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  u8(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** An unsigned number below 2^53 in its shortest LEB128 form. */
  uleb(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.u8((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.u8(rest);
  }

  /** The `size` low bytes of a number, little-endian. */
  uint(value: number, size: number): void {
    let rest = value;
    for (let i = 0; i < size; i++) {
      this.u8(rest & 0xff);
      rest = Math.floor(rest / 256);
    }
  }

  bigUint(value: bigint, size: number): void {
    let rest = value;
    for (let i = 0; i < size; i++) {
      this.u8(Number(rest & 0xffn));
      rest >>= 8n;
    }
  }

  blob(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}
