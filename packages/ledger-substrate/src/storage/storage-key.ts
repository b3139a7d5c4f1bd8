import { concatBytes, encodeHex } from "@dragoman/bytes";
import type { HasherName, KeyValues, StorageItem } from "../runtime/pallet.ts";
import { type AnyShape, encode } from "../scale/shape.ts";
import { blake2b128 } from "./blake2.ts";
import { twox } from "./xxhash.ts";

const HASHED_MAX = 20_000;
const hashed = new Map<string, Uint8Array>();

/** blake2_128_concat, remembered: accounts are read again and again, and the hash costs more than all else of a look-up. */
function blake2Concat(key: Uint8Array): Uint8Array {
  const name = encodeHex(key);
  let result = hashed.get(name);
  if (result === undefined) {
    if (hashed.size >= HASHED_MAX) hashed.clear();
    result = concatBytes(blake2b128(key), key);
    hashed.set(name, result);
  }
  return result;
}

const HASH: Readonly<Record<HasherName, (key: Uint8Array) => Uint8Array>> = {
  Blake2_128Concat: blake2Concat,
  Twox64Concat: (key) => concatBytes(twox(key, 64), key),
  Identity: (key) => key,
};

const prefixes = new Map<string, Uint8Array>();

/** First 32 bytes of an item's keys: twox_128(pallet) and twox_128(item). */
export function storagePrefix(pallet: string, item: string): Uint8Array {
  const name = `${pallet}.${item}`;
  let prefix = prefixes.get(name);
  if (prefix === undefined) {
    const half = (text: string): Uint8Array => twox(new TextEncoder().encode(text), 128);
    prefix = concatBytes(half(pallet), half(item));
    prefixes.set(name, prefix);
  }
  return prefix;
}

/** Key of a storage entry: prefix and hashed keys. */
export function storageKey<K extends readonly AnyShape[]>(
  pallet: string,
  name: string,
  item: StorageItem<K, unknown>,
  keys: KeyValues<K>,
): Uint8Array {
  const parts = item.keys.map((shape, i) => HASH[item.hashers[i]!](encode(shape, keys[i])));
  return concatBytes(storagePrefix(pallet, name), ...parts);
}
