import { encodeHex } from "@dragoman/bytes";
import type { StateReader } from "@dragoman/core";
import { ACCOUNT_DOMAIN, accountCells, type SvmAccount } from "@dragoman/frontend-sbpf";

/** Committed accounts with the sysvars of one block over them. */
export class BankState implements StateReader {
  readonly #base: StateReader;
  /** Cells of a sysvar by the byte that is their key, by address in hex. */
  readonly #sysvars = new Map<string, ReadonlyMap<number, Uint8Array>>();

  constructor(base: StateReader, sysvars: ReadonlyMap<string, SvmAccount>) {
    this.#base = base;
    for (const [idHex, account] of sysvars) {
      this.#sysvars.set(
        idHex,
        new Map(accountCells(account).map(([key, value]) => [key[0]!, value])),
      );
    }
  }

  read(domain: string, account: Uint8Array, key: Uint8Array): Uint8Array | undefined {
    if (domain === ACCOUNT_DOMAIN && isSysvarId(account)) {
      const cells = this.#sysvars.get(encodeHex(account));
      if (cells !== undefined) return cells.get(key[0]!);
    }
    return this.#base.read(domain, account, key);
  }
}

/** All sysvars' addresses begin with these bytes, "Sysvar1" in base58; spares other keys the way through a map. */
const isSysvarId = (key: Uint8Array): boolean =>
  key[0] === 0x06 && key[1] === 0xa7 && key[2] === 0xd5 && key[3] === 0x17;
