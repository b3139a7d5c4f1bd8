/** What lies under a journal: committed cells, read synchronously. */
export interface StateReader {
  /** Bytes of the cell, or undefined if it is absent. The result is not modified by anyone. */
  read(domain: string, account: Uint8Array, key: Uint8Array): Uint8Array | undefined;
  /** True if some cell of the account is present in the domain. A state that cannot tell leaves it out. */
  holds?(domain: string, account: Uint8Array): boolean;
  /** Keys of the account's present cells in the domain. A state that cannot list them leaves it out. */
  keys?(domain: string, account: Uint8Array): Iterable<Uint8Array>;
}

/** One cell that differs from the state below. `undefined` = absent. */
export interface CellChange {
  readonly domain: string;
  readonly account: Uint8Array;
  readonly key: Uint8Array;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
}

interface Cell {
  readonly domain: string;
  readonly account: Uint8Array;
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** Committed cells in memory. */
export class MemoryState implements StateReader {
  /** Cells by key, by domain and account. No inner map is empty. */
  readonly #groups = new Map<string, Map<string, Cell>>();

  read(domain: string, account: Uint8Array, key: Uint8Array): Uint8Array | undefined {
    return this.#groups.get(groupName(domain, account))?.get(latin1(key))?.value;
  }

  holds(domain: string, account: Uint8Array): boolean {
    return this.#groups.has(groupName(domain, account));
  }

  *keys(domain: string, account: Uint8Array): Iterable<Uint8Array> {
    for (const { key } of this.#groups.get(groupName(domain, account))?.values() ?? []) yield key;
  }

  write(domain: string, account: Uint8Array, key: Uint8Array, value: Uint8Array | undefined): void {
    const name = groupName(domain, account);
    const group = this.#groups.get(name);
    if (value !== undefined) {
      const cell = { domain, account, key, value };
      if (group === undefined) this.#groups.set(name, new Map([[latin1(key), cell]]));
      else group.set(latin1(key), cell);
    } else if (group?.delete(latin1(key)) === true && group.size === 0) {
      this.#groups.delete(name);
    }
  }

  /** Applies a write set, e.g. {@link Journal.changes}. */
  apply(changes: Iterable<CellChange>): void {
    for (const { domain, account, key, after } of changes) this.write(domain, account, key, after);
  }

  *cells(): Iterable<{ domain: string; account: Uint8Array; key: Uint8Array; value: Uint8Array }> {
    for (const group of this.#groups.values()) yield* group.values();
  }

  /** An independent copy; values are shared because nobody modifies them. */
  clone(): MemoryState {
    const copy = new MemoryState();
    for (const [name, group] of this.#groups) copy.#groups.set(name, new Map(group));
    return copy;
  }
}

/** Unambiguous name of an account in a domain: domains have no space. */
const groupName = (domain: string, account: Uint8Array): string => `${domain} ${latin1(account)}`;

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
