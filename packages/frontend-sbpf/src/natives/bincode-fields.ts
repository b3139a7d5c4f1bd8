import { guestText } from "../syscalls/logging.ts";

/** Bytes of an instruction that a native program reads at most: one packet (anza-xyz/solana-sdk `packet/src/lib.rs`). */
const BYTES_MAX = 1232;
/** Bytes of the number that says which instruction it is. */
const KIND_BYTES = 4;

/** Fields of a native program's instruction in bincode: u32 number, then the fields. What stands behind them is not looked at. */
export class BincodeFields {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  #at = KIND_BYTES;

  constructor(data: Uint8Array) {
    this.#bytes = data.subarray(0, BYTES_MAX);
    this.#view = new DataView(data.buffer, data.byteOffset, this.#bytes.length);
  }

  /** Number of the instruction, -1 if it is cut. */
  get kind(): number {
    return this.#bytes.length < KIND_BYTES ? -1 : this.#view.getUint32(0, true);
  }

  /** True if `size` more bytes are there. */
  has(size: number): boolean {
    return this.#at + size <= this.#bytes.length;
  }

  u32(): number {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, true);
  }

  u64(): bigint {
    this.#at += 8;
    return this.#view.getBigUint64(this.#at - 8, true);
  }

  bytes(size: number): Uint8Array {
    this.#at += size;
    return this.#bytes.slice(this.#at - size, this.#at);
  }

  /** Bytes with their length before them; undefined if they are cut. */
  vector(): Uint8Array | undefined {
    if (!this.has(8)) return undefined;
    const size = this.u64();
    return size <= BYTES_MAX && this.has(Number(size)) ? this.bytes(Number(size)) : undefined;
  }

  /** A string, as bytes; undefined if it is cut or no UTF-8. */
  string(): Uint8Array | undefined {
    const bytes = this.vector();
    return bytes === undefined || guestText(bytes) === undefined ? undefined : bytes;
  }
}
