import { MoveFault } from "./move-fault.ts";
import type { MoveStatus } from "./status.ts";

/** Reads one span of a file forwards. Every read beyond `end` is a fault at its byte. */
export class ModuleReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  position: number;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  get remaining(): number {
    return this.end - this.position;
  }

  refuse(status: MoveStatus, sentence: string): never {
    throw new MoveFault(status, { offset: this.position }, sentence);
  }

  u8(): number {
    if (this.position >= this.end) this.refuse("MALFORMED", "the file or table ends too early");
    return this.bytes[this.position++];
  }

  /** An unsigned number in its shortest LEB128 form, at most `max` (below 2^32). */
  uleb(max: number, noun: string): number {
    const { bytes, end } = this;
    let position = this.position;
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 5; i++) {
      if (position >= end) this.refuse("MALFORMED", `the ${noun} ends too early`);
      const byte = bytes[position++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (byte === 0 && i > 0) this.refuse("MALFORMED", `the ${noun} is not in shortest form`);
        if (value > max) this.refuse("MALFORMED", `the ${noun} is ${value}, above ${max}`);
        this.position = position;
        return value;
      }
      scale *= 128;
    }
    return this.refuse("MALFORMED", `the ${noun} is above ${max}`);
  }

  /** An unsigned number below 2^64 in its shortest LEB128 form. */
  uleb64(noun: string): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.u8();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte >= 0x80) continue;
      if (byte === 0 && shift > 0n) {
        this.refuse("MALFORMED", `the ${noun} is not in shortest form`);
      }
      if (value >> 64n === 0n) return value;
      break;
    }
    return this.refuse("MALFORMED", `the ${noun} has more than 64 bits`);
  }

  /** A little-endian number of 1 to 4 bytes. */
  uint(size: number, status: MoveStatus): number {
    if (this.remaining < size) this.refuse(status, `${size} bytes expected`);
    let value = 0;
    for (let i = size - 1; i >= 0; i--) value = value * 256 + this.bytes[this.position + i];
    this.position += size;
    return value;
  }

  /** A little-endian number of 8, 16 or 32 bytes. */
  bigUint(size: number, status: MoveStatus): bigint {
    if (this.remaining < size) this.refuse(status, `${size} bytes expected`);
    let value = 0n;
    for (let i = size - 4; i >= 0; i -= 4) {
      const at = this.position + i;
      const { bytes } = this;
      const word = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
      value = (value << 32n) | BigInt(word >>> 0);
    }
    this.position += size;
    return value;
  }

  /** A copy of the next `size` bytes. */
  blob(size: number, noun: string): Uint8Array {
    if (this.remaining < size) this.refuse("MALFORMED", `the ${noun} ends too early`);
    const blob = this.bytes.slice(this.position, this.position + size);
    this.position += size;
    return blob;
  }
}
