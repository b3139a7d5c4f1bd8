/**
 * Finds a small integer by a tag and eight 32-bit words: open addressing over typed arrays, so that a look-up makes no object.
 */
export class WordTable {
  #mask = 127;
  #keys = new Uint32Array(128 * 8);
  #tags = new Int32Array(128);
  /** Value + 1; 0 = free. */
  #values = new Int32Array(128);
  #count = 0;

  /** The value of `(tag, words[at..at+8))`, or -1. */
  find(tag: number, words: Uint32Array, at: number): number {
    let slot = hash(tag, words, at) & this.#mask;
    const keys = this.#keys;
    for (;;) {
      const value = this.#values[slot];
      if (value === 0) return -1;
      const key = slot * 8;
      if (
        this.#tags[slot] === tag &&
        keys[key] === words[at] &&
        keys[key + 1] === words[at + 1] &&
        keys[key + 2] === words[at + 2] &&
        keys[key + 3] === words[at + 3] &&
        keys[key + 4] === words[at + 4] &&
        keys[key + 5] === words[at + 5] &&
        keys[key + 6] === words[at + 6] &&
        keys[key + 7] === words[at + 7]
      ) {
        return value - 1;
      }
      slot = (slot + 1) & this.#mask;
    }
  }

  /** Adds a key that is not there. */
  insert(tag: number, words: Uint32Array, at: number, value: number): void {
    if (++this.#count * 2 > this.#mask) this.#grow();
    let slot = hash(tag, words, at) & this.#mask;
    while (this.#values[slot] !== 0) slot = (slot + 1) & this.#mask;
    for (let i = 0; i < 8; i++) this.#keys[slot * 8 + i] = words[at + i];
    this.#tags[slot] = tag;
    this.#values[slot] = value + 1;
  }

  #grow(): void {
    const keys = this.#keys;
    const tags = this.#tags;
    const values = this.#values;
    this.#mask = this.#mask * 2 + 1;
    this.#keys = new Uint32Array((this.#mask + 1) * 8);
    this.#tags = new Int32Array(this.#mask + 1);
    this.#values = new Int32Array(this.#mask + 1);
    for (let old = 0; old < values.length; old++) {
      if (values[old] === 0) continue;
      let slot = hash(tags[old], keys, old * 8) & this.#mask;
      while (this.#values[slot] !== 0) slot = (slot + 1) & this.#mask;
      for (let i = 0; i < 8; i++) this.#keys[slot * 8 + i] = keys[old * 8 + i];
      this.#tags[slot] = tags[old];
      this.#values[slot] = values[old];
    }
  }
}

function hash(tag: number, words: Uint32Array, at: number): number {
  let h = Math.imul(tag, 0x9e3779b1);
  for (let i = 0; i < 8; i++) h = Math.imul((h ^ words[at + i]) | 0, 0x85ebca6b) ^ (h >>> 13);
  return h ^ (h >>> 16);
}
