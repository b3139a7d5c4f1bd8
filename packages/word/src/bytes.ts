/** The unsigned integer whose big-endian bytes are `bytes`; 0 for none. Any length. */
export function fromBytesBE(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = bytes.length % 8;
  let value = 0n;
  for (let at = 0; at < head; at++) value = (value << 8n) | BigInt(view.getUint8(at));
  for (let at = head; at < bytes.length; at += 8) value = (value << 64n) | view.getBigUint64(at);
  return value;
}

/** The low `size` bytes of `value`, most significant first. */
export function toBytesBE(value: bigint, size: number): Uint8Array<ArrayBuffer> {
  return toBytesLE(value, size).reverse();
}

/** The unsigned integer whose little-endian bytes are `bytes`; 0 for none. Any length. */
export function fromBytesLE(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 8);
  let value = 0n;
  for (let at = bytes.length - 1; at >= whole; at--)
    value = (value << 8n) | BigInt(view.getUint8(at));
  for (let at = whole - 8; at >= 0; at -= 8) value = (value << 64n) | view.getBigUint64(at, true);
  return value;
}

/** The low `size` bytes of `value`, least significant first. */
export function toBytesLE(value: bigint, size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const whole = size - (size % 8);
  let rest = value;
  for (let at = 0; at < whole; at += 8, rest >>= 64n) view.setBigUint64(at, rest, true);
  for (let at = whole; at < size; at++, rest >>= 8n) view.setUint8(at, Number(rest & 0xffn));
  return bytes;
}
