/** Keys that a new table has room for: few, as a chain makes a journal for every block, and most blocks are empty. */
const KEYS_AT_FIRST = 16;

/**
 * Interns keys of bytes as small integers: open addressing over a byte arena, no strings. Integers are handed out in order
 * of first sight and never reused, so iteration order is deterministic.
 */
export class KeyTable {
  #slots = new Int32Array(KEYS_AT_FIRST * 4).fill(-1);
  #mask = KEYS_AT_FIRST * 4 - 1;
  #starts = new Int32Array(KEYS_AT_FIRST);
  #lengths = new Int32Array(KEYS_AT_FIRST);
  #tags = new Int32Array(KEYS_AT_FIRST);
  #hashes = new Int32Array(KEYS_AT_FIRST);
  #bytes = new Uint8Array(KEYS_AT_FIRST * 32);
  #used = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Index of the key `(tag, bytes[at..at+length))`, new if it was never seen. */
  index(tag: number, bytes: Uint8Array, at: number, length: number): number {
    const hash = hashBytes(tag, bytes, at, length);
    let slot = hash & this.#mask;
    for (;;) {
      const found = this.#slots[slot]!;
      if (found < 0) return this.#insert(slot, hash, tag, bytes, at, length);
      if (this.#hashes[found] === hash && this.#equals(found, tag, bytes, at, length)) return found;
      slot = (slot + 1) & this.#mask;
    }
  }

  tag(index: number): number {
    return this.#tags[index]!;
  }

  /** A copy of the key's bytes. */
  key(index: number): Uint8Array {
    const start = this.#starts[index]!;
    return this.#bytes.slice(start, start + this.#lengths[index]!);
  }

  #equals(index: number, tag: number, bytes: Uint8Array, at: number, length: number): boolean {
    if (this.#tags[index] !== tag || this.#lengths[index] !== length) return false;
    const start = this.#starts[index]!;
    const own = this.#bytes;
    for (let i = 0; i < length; i++) if (own[start + i] !== bytes[at + i]) return false;
    return true;
  }

  #insert(
    slot: number,
    hash: number,
    tag: number,
    bytes: Uint8Array,
    at: number,
    length: number,
  ): number {
    if (this.#count === this.#starts.length) this.#growKeys();
    while (this.#used + length > this.#bytes.length) {
      const grown = new Uint8Array(this.#bytes.length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    const index = this.#count++;
    this.#bytes.set(bytes.subarray(at, at + length), this.#used);
    this.#starts[index] = this.#used;
    this.#lengths[index] = length;
    this.#tags[index] = tag;
    this.#hashes[index] = hash;
    this.#used += length;
    this.#slots[slot] = index;
    if (this.#count * 2 > this.#mask) this.#growSlots();
    return index;
  }

  #growKeys(): void {
    this.#starts = doubled(this.#starts);
    this.#lengths = doubled(this.#lengths);
    this.#tags = doubled(this.#tags);
    this.#hashes = doubled(this.#hashes);
  }

  #growSlots(): void {
    this.#mask = this.#mask * 2 + 1;
    this.#slots = new Int32Array(this.#mask + 1).fill(-1);
    for (let index = 0; index < this.#count; index++) {
      let slot = this.#hashes[index]! & this.#mask;
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = index;
    }
  }
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(array.length * 2);
  grown.set(array);
  return grown;
}

/** Multiplicative hash over bytes; 32 bytes cost some 25 ns. Not keyed: a run is bounded by its gas. */
function hashBytes(tag: number, bytes: Uint8Array, at: number, length: number): number {
  let hash = Math.imul(tag ^ length, 0x9e3779b1);
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ bytes[at + i]!, 0x01000193);
  return hash ^ (hash >>> 15);
}
