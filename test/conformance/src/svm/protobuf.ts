import { refuse } from "@dragoman/fault";

/** One message of the wire format: the last value of each field, and all of them where a field repeats. */
export class Message {
  readonly #numbers = new Map<number, bigint>();
  readonly #bytes = new Map<number, Uint8Array[]>();

  /** Reads `bytes` as protobuf. Faults: `MALFORMED_CASE` where a field is cut. */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    const take = (size: number): number => {
      const start = at;
      at += size;
      if (at > bytes.length) refuse("MALFORMED_CASE", start, "a protobuf field is cut");
      return start;
    };
    const varint = (): bigint => {
      let value = 0n;
      for (let shift = 0n; shift < 70n; shift += 7n) {
        const byte = bytes[take(1)] as number;
        value |= BigInt(byte & 127) << shift;
        if (byte < 128) return BigInt.asUintN(64, value);
      }
      return refuse("MALFORMED_CASE", at, "a protobuf number has no end");
    };
    while (at < bytes.length) {
      const key = Number(varint());
      const field = key >>> 3;
      switch (key & 7) {
        case 0:
          this.#numbers.set(field, varint());
          break;
        case 1:
          this.#numbers.set(field, view.getBigUint64(take(8), true));
          break;
        case 2: {
          const size = Number(varint());
          const start = take(size);
          const list = this.#bytes.get(field) ?? [];
          list.push(bytes.subarray(start, start + size));
          this.#bytes.set(field, list);
          break;
        }
        case 5:
          this.#numbers.set(field, BigInt(view.getUint32(take(4), true)));
          break;
        default:
          refuse("MALFORMED_CASE", at, `protobuf wire type ${key & 7} is unknown`);
      }
    }
  }

  /** Number of a field, 0 if it is absent. */
  number(field: number): number {
    return Number(this.big(field));
  }

  big(field: number): bigint {
    return this.#numbers.get(field) ?? 0n;
  }

  /** True if the field is there in any form. */
  has(field: number): boolean {
    return this.#numbers.has(field) || this.#bytes.has(field);
  }

  /** Bytes of a field, empty if it is absent. */
  bytes(field: number): Uint8Array {
    return this.#bytes.get(field)?.at(-1) ?? EMPTY;
  }

  /** All values of a repeated field of bytes. */
  all(field: number): readonly Uint8Array[] {
    return this.#bytes.get(field) ?? [];
  }

  message(field: number): Message {
    return new Message(this.bytes(field));
  }

  messages(field: number): Message[] {
    return this.all(field).map((bytes) => new Message(bytes));
  }
}

const EMPTY = new Uint8Array(0);
