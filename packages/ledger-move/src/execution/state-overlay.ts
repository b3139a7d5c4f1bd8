import type { CellChange, StateReader } from "@dragoman/core";

/** The write sets of a block's transactions over the state below, in their order. */
export class StateOverlay implements StateReader {
  readonly #below: StateReader;
  readonly #changes = new Map<string, CellChange>();

  constructor(below: StateReader) {
    this.#below = below;
  }

  read(domain: string, account: Uint8Array, key: Uint8Array): Uint8Array | undefined {
    const change = this.#changes.get(cellName(domain, account, key));
    return change === undefined ? this.#below.read(domain, account, key) : change.after;
  }

  apply(changes: readonly CellChange[]): void {
    for (const change of changes) {
      const name = cellName(change.domain, change.account, change.key);
      const { before } = this.#changes.get(name) ?? change;
      this.#changes.set(name, { ...change, before });
    }
  }

  /** One change for each cell that was written, from the state below to now. */
  get changes(): readonly CellChange[] {
    return [...this.#changes.values()];
  }
}

/** Unambiguous: accounts have 32 bytes. */
function cellName(domain: string, account: Uint8Array, key: Uint8Array): string {
  let name = `${domain} `;
  for (const byte of account) name += String.fromCharCode(byte);
  for (const byte of key) name += String.fromCharCode(byte);
  return name;
}
