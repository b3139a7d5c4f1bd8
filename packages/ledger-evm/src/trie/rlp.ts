/** Integer as RLP's string content: big-endian without leading zeros (yellow paper, appendix B). */
export function integerBytes(value: bigint | number): Uint8Array {
  if (value === 0 || value === 0n) return EMPTY;
  const digits = value.toString(16);
  const bytes = new Uint8Array((digits.length + 1) >> 1);
  for (let at = digits.length, i = bytes.length - 1; i >= 0; i--, at -= 2) {
    bytes[i] = Number.parseInt(digits.slice(Math.max(0, at - 2), at), 16);
  }
  return bytes;
}

/** Big-endian bytes as a number. */
export function integerOf(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}

const EMPTY = new Uint8Array(0);

/** A byte string in RLP. */
export function rlpString(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 1 && bytes[0]! < 0x80) return bytes;
  return withHead(0x80, [bytes]);
}

/** A list of items that are RLP already. */
export const rlpList = (items: readonly Uint8Array[]): Uint8Array => withHead(0xc0, items);

function withHead(offset: number, parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const size = length < 56 ? EMPTY : integerBytes(length);
  const bytes = new Uint8Array(1 + size.length + length);
  bytes[0] = length < 56 ? offset + length : offset + 55 + size.length;
  bytes.set(size, 1);
  let at = 1 + size.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
