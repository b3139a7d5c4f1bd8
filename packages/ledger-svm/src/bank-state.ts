import { encodeHex } from "@dragoman/bytes";
import type { StateReader } from "@dragoman/core";
import { ACCOUNT_DOMAIN, accountCells, type SvmAccount } from "@dragoman/frontend-sbpf";

/** Cells of an account by the byte that is their key. */
type Cells = ReadonlyMap<number, Uint8Array>;

/** Committed accounts with the sysvars of one block over them, which are made when one is read. */
export class BankState implements StateReader {
  readonly #base: StateReader;
  readonly #make: () => ReadonlyMap<string, SvmAccount>;
  #sysvars: ReadonlyMap<string, SvmAccount> | undefined;
  readonly #cells = new Map<string, Cells>();

  /** `sysvars`: accounts by address in hex. */
  constructor(base: StateReader, sysvars: () => ReadonlyMap<string, SvmAccount>) {
    this.#base = base;
    this.#make = sysvars;
  }

  /** The sysvar at an address in hex; undefined if there is none. */
  sysvar(idHex: string): SvmAccount | undefined {
    this.#sysvars ??= this.#make();
    return this.#sysvars.get(idHex);
  }

  read(domain: string, account: Uint8Array, key: Uint8Array): Uint8Array | undefined {
    if (domain === ACCOUNT_DOMAIN && isSysvarId(account)) {
      const cells = this.#cellsOf(encodeHex(account));
      if (cells !== undefined) return cells.get(key[0]!);
    }
    return this.#base.read(domain, account, key);
  }

  #cellsOf(idHex: string): Cells | undefined {
    const known = this.#cells.get(idHex);
    if (known !== undefined) return known;
    const account = this.sysvar(idHex);
    if (account === undefined) return undefined;
    const cells = new Map(accountCells(account).map(([key, value]) => [key[0]!, value]));
    this.#cells.set(idHex, cells);
    return cells;
  }
}

/** All sysvars' addresses begin with these bytes, "Sysvar1" in base58; spares other keys the way through a map. */
const isSysvarId = (key: Uint8Array): boolean =>
  key[0] === 0x06 && key[1] === 0xa7 && key[2] === 0xd5 && key[3] === 0x17;
