import { decodeHex, encodeHex, equalBytes } from "@dragoman/bytes";
import type { CellChange, StateReader } from "@dragoman/core";
import type { KeyValues, StorageItem } from "../runtime/pallet.ts";
import { PALLETS, type PalletName, type Pallets } from "../runtime/runtime.ts";
import { type AnyShape, decode, encode } from "../scale/shape.ts";
import { storageKey } from "./storage-key.ts";

/** The one domain of cells: all storage lies under its Substrate keys. */
export const STORAGE_DOMAIN = "substrate.storage";
const NO_ACCOUNT = new Uint8Array(0);

/** Reads a raw storage value. */
export type ReadStorage = (key: Uint8Array) => Uint8Array | undefined;

export const readerOf =
  (state: StateReader): ReadStorage =>
  (key) =>
    state.read(STORAGE_DOMAIN, NO_ACCOUNT, key);

type Items<P extends PalletName> = Pallets[P]["storage"];
type KeysOf<P extends PalletName, I extends keyof Items<P>> =
  Items<P>[I] extends StorageItem<infer K, unknown> ? KeyValues<K & readonly AnyShape[]> : never;
type ValueOf<P extends PalletName, I extends keyof Items<P>> =
  Items<P>[I] extends StorageItem<readonly AnyShape[], infer V> ? V : never;

/** Storage of the block that is being made: writes over what was before, in layers that can be undone. */
export class Storage {
  readonly #below: ReadStorage;
  readonly #layers: Map<string, Uint8Array | undefined>[] = [new Map()];

  constructor(below: ReadStorage) {
    this.#below = below;
  }

  /** Value under a raw key. */
  raw(key: Uint8Array): Uint8Array | undefined {
    const name = encodeHex(key);
    for (let i = this.#layers.length - 1; i >= 0; i--) {
      const layer = this.#layers[i]!;
      if (layer.has(name)) return layer.get(name);
    }
    return this.#below(key);
  }

  writeRaw(key: Uint8Array, value: Uint8Array | undefined): void {
    this.#layers.at(-1)!.set(encodeHex(key), value);
  }

  /** Value of an item; its fallback, or undefined, if it was never written. */
  get<P extends PalletName, I extends keyof Items<P> & string>(
    pallet: P,
    name: I,
    ...keys: KeysOf<P, I>
  ): ValueOf<P, I> | undefined {
    const item = (PALLETS[pallet].storage as Record<string, StorageItem>)[name]!;
    const bytes = this.raw(storageKey(pallet, name, item, keys)) ?? item.fallback;
    return bytes === undefined ? undefined : (decode(item.value, bytes) as ValueOf<P, I>);
  }

  /** Writes an item; undefined removes it. */
  put<P extends PalletName, I extends keyof Items<P> & string>(
    pallet: P,
    name: I,
    keys: KeysOf<P, I>,
    value: ValueOf<P, I> | undefined,
  ): void {
    const item = (PALLETS[pallet].storage as Record<string, StorageItem>)[name]!;
    const bytes = value === undefined ? undefined : encode(item.value, value);
    this.writeRaw(storageKey(pallet, name, item, keys), bytes);
  }

  /** Runs `change`; unless it answers true, what it wrote is undone. */
  transact(change: () => boolean): void {
    const layer = new Map<string, Uint8Array | undefined>();
    const depth = this.#layers.push(layer);
    const keeps = change();
    this.#layers.length = depth - 1;
    if (!keeps) return;
    const top = this.#layers.at(-1)!;
    for (const [name, value] of layer) top.set(name, value);
  }

  /** What differs from the state below, in order of first writing. */
  changes(): CellChange[] {
    const changes: CellChange[] = [];
    for (const [name, after] of this.#layers[0]!) {
      const key = decodeHex(name);
      const before = this.#below(key);
      const same =
        before === undefined || after === undefined ? before === after : equalBytes(before, after);
      if (same) continue;
      changes.push({ domain: STORAGE_DOMAIN, account: NO_ACCOUNT, key, before, after });
    }
    return changes;
  }
}
