/** Bytes of a key. */
const KEY_BYTES = 32;

interface Entry<T> {
  readonly key: Uint8Array;
  readonly value: T;
}

/**
 * Values by keys of 32 bytes. Keys are told apart by their first four bytes before all are compared, so that nothing is made to look one up, not even of
 * a key that lies inside other bytes. Not for keys from strangers without a bound: those with the same four bytes are looked at one by one.
 */
export class KeyMap<T> {
  readonly #groups = new Map<number, Entry<T>[]>();
  #size = 0;

  constructor(entries: Iterable<readonly [key: Uint8Array, value: T]> = []) {
    for (const [key, value] of entries) this.set(key, value);
  }

  get size(): number {
    return this.#size;
  }

  /** Value of the key `bytes[at..at+32)`. */
  get(bytes: Uint8Array, at = 0): T | undefined {
    const group = this.#groups.get(prefixOf(bytes, at));
    if (group === undefined) return undefined;
    for (let index = 0; index < group.length; index++) {
      const entry = group[index] as Entry<T>;
      if (holdsKey(bytes, at, entry.key)) return entry.value;
    }
    return undefined;
  }

  has(bytes: Uint8Array, at = 0): boolean {
    return this.get(bytes, at) !== undefined;
  }

  /** Gives a key, which is copied, its value. */
  set(key: Uint8Array, value: T): void {
    const prefix = prefixOf(key, 0);
    const others = this.#groups.get(prefix)?.filter((entry) => !holdsKey(key, 0, entry.key)) ?? [];
    this.#size += 1 - ((this.#groups.get(prefix)?.length ?? 0) - others.length);
    this.#groups.set(prefix, [...others, { key: key.slice(0, KEY_BYTES), value }]);
  }

  clear(): void {
    this.#groups.clear();
    this.#size = 0;
  }
}

/** Whether the 32 bytes at `at` are `key`. */
export function holdsKey(bytes: Uint8Array, at: number, key: Uint8Array): boolean {
  for (let index = 0; index < KEY_BYTES; index++) {
    if (bytes[at + index] !== key[index]) return false;
  }
  return true;
}

const prefixOf = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) |
  ((bytes[at + 1] as number) << 8) |
  ((bytes[at + 2] as number) << 16) |
  ((bytes[at + 3] as number) << 24);
