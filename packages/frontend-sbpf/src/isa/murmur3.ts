/**
 * MurmurHash3 x86 32 with seed 0: what Solana hashes names of syscalls and, in v0, targets of calls with
 * (anza-xyz/sbpf `src/ebpf.rs`, hash_symbol_name). The result is an unsigned number.
 */
export function murmur3(bytes: Uint8Array): number {
  let hash = 0;
  const whole = bytes.length & ~3;
  for (let at = 0; at < whole; at += 4) {
    hash = mixBlock(
      hash,
      bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24),
    );
  }
  let tail = 0;
  for (let at = bytes.length - 1; at >= whole; at--) tail = (tail << 8) | bytes[at];
  if (whole < bytes.length) hash ^= scramble(tail);
  return finish(hash, bytes.length);
}

const ENCODER = new TextEncoder();

/** Hash of a syscall's name. */
export const symbolHash = (name: string): number => murmur3(ENCODER.encode(name));

/** Hash of a function at slot `pc`, which counts as a 64-bit little-endian number. */
export function pcHash(pc: number): number {
  return finish(mixBlock(mixBlock(0, pc | 0), Math.floor(pc / 2 ** 32) | 0), 8);
}

/** Hash of the symbol `entrypoint`, which stands for the entry wherever it lies. */
export const ENTRYPOINT_HASH: number = symbolHash("entrypoint");

function scramble(block: number): number {
  const k = Math.imul(block, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}

function mixBlock(hash: number, block: number): number {
  const h = hash ^ scramble(block);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number, length: number): number {
  let h = hash ^ length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
