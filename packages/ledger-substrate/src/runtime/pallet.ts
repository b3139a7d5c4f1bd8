import type { Rows } from "../scale/compounds.ts";
import { type AnyShape, encode, type Shape, type Value } from "../scale/shape.ts";

/** How a map's key becomes part of a storage key; numbers of `StorageHasher` in metadata. */
export const HASHERS = {
  Blake2_128Concat: 2,
  Twox64Concat: 5,
  Identity: 6,
} as const;
export type HasherName = keyof typeof HASHERS;

/** A storage item. `keys` is empty for a plain value. */
export interface StorageItem<K extends readonly AnyShape[] = readonly AnyShape[], V = unknown> {
  readonly keys: K;
  readonly hashers: readonly HasherName[];
  readonly value: Shape<V>;
  /** Bytes of what absence means; undefined: absence is `None`. */
  readonly fallback: Uint8Array | undefined;
  readonly docs: string;
}

/** Values of a storage item's keys. */
export type KeyValues<K extends readonly AnyShape[]> = { readonly [I in keyof K]: Value<K[I]> };

export interface Constant<T = unknown> {
  readonly shape: Shape<T>;
  readonly value: T;
  readonly docs: string;
}

/** A pallet as data. Call decoding, events, errors, storage keys and metadata are derived from it. */
export interface Pallet {
  readonly name: string;
  /** First byte of its calls, events and errors. */
  readonly index: number;
  readonly calls: Rows;
  readonly events: Rows;
  readonly errors: Rows;
  readonly storage: Readonly<Record<string, StorageItem>>;
  readonly constants: Readonly<Record<string, Constant>>;
}

/** A storage value that is `fallback` while it was never written. */
export const valueOr = <V>(value: Shape<V>, fallback: V, docs: string): StorageItem<[], V> => ({
  keys: [],
  hashers: [],
  value,
  fallback: encode(value, fallback),
  docs,
});

type OneKey<K> = [Shape<K>];

/** A map whose absent entries are `None`. */
export const mapOf = <K, V>(
  hasher: HasherName,
  key: Shape<K>,
  value: Shape<V>,
  docs: string,
): StorageItem<OneKey<K>, V> => ({
  keys: [key],
  hashers: [hasher],
  value,
  fallback: undefined,
  docs,
});

/** A map whose absent entries are `fallback`. */
export const mapOr = <K, V>(
  hasher: HasherName,
  key: Shape<K>,
  value: Shape<V>,
  fallback: V,
  docs: string,
): StorageItem<OneKey<K>, V> => ({
  ...mapOf(hasher, key, value, docs),
  fallback: encode(value, fallback),
});

/** A map with two keys whose absent entries are `None`. */
export const doubleMapOf = <A, B, V>(
  hashers: readonly [HasherName, HasherName],
  keys: readonly [Shape<A>, Shape<B>],
  value: Shape<V>,
  docs: string,
): StorageItem<[Shape<A>, Shape<B>], V> => ({
  keys: [...keys],
  hashers,
  value,
  fallback: undefined,
  docs,
});

export const constant = <T>(shape: Shape<T>, value: T, docs: string): Constant<T> => ({
  shape,
  value,
  docs,
});
