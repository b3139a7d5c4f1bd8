/** The low 20 bytes of a word: an address on the operand stack. */
export function addressBytes(word: bigint): Uint8Array {
  return wordBytes(word).subarray(12);
}

/** A word as 32 bytes, most significant first. */
export function wordBytes(word: bigint): Uint8Array {
  const bytes = new Uint8Array(32);
  let rest = word;
  for (let i = 31; i >= 0 && rest > 0n; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}
