import { encodeHex } from "@dragoman/bytes";
import type { CellChange, StateReader } from "@dragoman/core";
import type { ChainState } from "@dragoman/ledger";

interface Cell {
  readonly domain: string;
  readonly account: Uint8Array;
  readonly key: Uint8Array;
  /** Undefined: absent, whatever the base has. */
  readonly value: Uint8Array | undefined;
}

/**
 * The newest state of a forked chain: cells that were written, and below them the base. It cannot tell which slots an account has, so `holds` and
 * `keys` are left out.
 */
export class ForkedState implements ChainState {
  readonly #base: StateReader;
  readonly #cells: Map<string, Cell>;

  constructor(base: StateReader, cells: ReadonlyMap<string, Cell> = new Map()) {
    this.#base = base;
    this.#cells = new Map(cells);
  }

  read(domain: string, account: Uint8Array, key: Uint8Array): Uint8Array | undefined {
    const cell = this.#cells.get(cellName(domain, account, key));
    return cell === undefined ? this.#base.read(domain, account, key) : cell.value;
  }

  apply(changes: Iterable<CellChange>): void {
    for (const { domain, account, key, after } of changes) {
      this.#cells.set(cellName(domain, account, key), { domain, account, key, value: after });
    }
  }

  /** What was written and is present. */
  *cells(): Iterable<{ domain: string; account: Uint8Array; key: Uint8Array; value: Uint8Array }> {
    for (const { value, ...cell } of this.#cells.values()) {
      if (value !== undefined) yield { ...cell, value };
    }
  }

  clone(): ForkedState {
    return new ForkedState(this.#base, this.#cells);
  }
}

const cellName = (domain: string, account: Uint8Array, key: Uint8Array): string =>
  `${domain} ${encodeHex(account)} ${encodeHex(key)}`;
