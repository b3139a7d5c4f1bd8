import { assert } from "@dragoman/fault";

/** The word in `source[at..at+8)` as the state has it: 32 bytes, most significant first, absent if zero. */
export function wordBytes(source: Uint32Array, at: number): Uint8Array | undefined {
  const bytes = new Uint8Array(32);
  let any = 0;
  for (let i = 0; i < 8; i++) {
    const word = source[at + i]!;
    any |= word;
    const to = 28 - i * 4;
    bytes[to] = word >>> 24;
    bytes[to + 1] = word >>> 16;
    bytes[to + 2] = word >>> 8;
    bytes[to + 3] = word;
  }
  return any === 0 ? undefined : bytes;
}

/** The word in `source[at..at+8)` as a number. */
export function wordOf(source: Uint32Array, at: number): bigint {
  let value = 0n;
  for (let i = 7; i >= 0; i--) value = (value << 32n) | BigInt(source[at + i]!);
  return value;
}

/** Reads a word as the state has it into `target[at..at+8)`. */
export function bytesToWords(bytes: Uint8Array, target: Uint32Array, at: number): void {
  assert(bytes.length === 32, "a word cell has 32 bytes in the state");
  for (let i = 0; i < 8; i++) {
    const from = 28 - i * 4;
    target[at + i] =
      ((bytes[from]! << 24) |
        (bytes[from + 1]! << 16) |
        (bytes[from + 2]! << 8) |
        bytes[from + 3]!) >>>
      0;
  }
}
