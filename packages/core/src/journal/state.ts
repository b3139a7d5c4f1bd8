/** What lies under a journal: committed cells, read synchronously. */
export interface StateReader {
  /** Bytes of the cell, or undefined if it is absent. The result is not modified by anyone. */
  read(domain: string, account: Uint8Array, key: Uint8Array): Uint8Array | undefined;
}

/** One cell that differs from the state below. `undefined` = absent. */
export interface CellChange {
  readonly domain: string;
  readonly account: Uint8Array;
  readonly key: Uint8Array;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
}

/** Committed cells in memory. */
export class MemoryState implements StateReader {
  readonly #cells = new Map<
    string,
    { domain: string; account: Uint8Array; key: Uint8Array; value: Uint8Array }
  >();

  read(domain: string, account: Uint8Array, key: Uint8Array): Uint8Array | undefined {
    return this.#cells.get(cellName(domain, account, key))?.value;
  }

  write(domain: string, account: Uint8Array, key: Uint8Array, value: Uint8Array | undefined): void {
    const name = cellName(domain, account, key);
    if (value === undefined) this.#cells.delete(name);
    else this.#cells.set(name, { domain, account, key, value });
  }

  /** Applies a write set, e.g. {@link Journal.changes}. */
  apply(changes: Iterable<CellChange>): void {
    for (const { domain, account, key, after } of changes) this.write(domain, account, key, after);
  }

  *cells(): Iterable<{ domain: string; account: Uint8Array; key: Uint8Array; value: Uint8Array }> {
    yield* this.#cells.values();
  }

  /** An independent copy; values are shared because nobody modifies them. */
  clone(): MemoryState {
    const copy = new MemoryState();
    for (const [name, cell] of this.#cells) copy.#cells.set(name, cell);
    return copy;
  }
}

/** Unambiguous name of a cell: lengths are part of it. */
function cellName(domain: string, account: Uint8Array, key: Uint8Array): string {
  return `${domain}:${latin1(account)}:${account.length}:${latin1(key)}`;
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
