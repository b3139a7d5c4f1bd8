import { ByteReader, ByteWriter } from "@dragoman/bytes";
import type { StateReader } from "@dragoman/core";
import { parseTypeTag, RESOURCE_DOMAIN, TABLE_DOMAIN } from "@dragoman/frontend-move";
import { type StructTag, writeStructTag } from "./transaction/type-tag.ts";

/** Key of a resource's cell: BCS of its StructTag. */
export function resourceKey(type: string | StructTag): Uint8Array {
  const writer = new ByteWriter(96);
  writeStructTag(writer, typeof type === "string" ? (parseTypeTag(type) as StructTag) : type);
  return writer.finish();
}

const FRAMEWORK = Uint8Array.from({ length: 32 }, (_, index) => (index === 31 ? 1 : 0));
const ACCOUNT_KEY = resourceKey("0x1::account::Account");
export const APTOS_COIN = "0x1::aptos_coin::AptosCoin";
const APTOS_STORE_KEY = resourceKey(`0x1::coin::CoinStore<${APTOS_COIN}>`);
export const TIMESTAMP_KEY = resourceKey("0x1::timestamp::CurrentTimeMicroseconds");

/** What the chain knows of an account. */
export interface AccountResource {
  readonly authenticationKey: Uint8Array;
  readonly sequenceNumber: bigint;
  /** False: nobody has created it; the values are those that it would have. */
  readonly exists: boolean;
}

/** The account at `address`: as Aptos without the resource, with sequence number 0 and the address as authentication key. */
export function readAccount(state: StateReader, address: Uint8Array): AccountResource {
  const bytes = state.read(RESOURCE_DOMAIN, address, ACCOUNT_KEY);
  if (bytes === undefined) {
    return { authenticationKey: address, sequenceNumber: 0n, exists: false };
  }
  const reader = new ByteReader(bytes);
  const authenticationKey = reader.take(reader.uleb128(64)).slice();
  return { authenticationKey, sequenceNumber: reader.u64(), exists: true };
}

/** Coins of a CoinStore, whose first field they are. 0 where there is no store. */
export function storedCoins(store: Uint8Array | undefined): bigint {
  return store === undefined ? 0n : new ByteReader(store).u64();
}

/** Octas that the account has. */
export const readAptosBalance = (state: StateReader, address: Uint8Array): bigint =>
  storedCoins(state.read(RESOURCE_DOMAIN, address, APTOS_STORE_KEY));

const NONCE_HISTORY_KEY = resourceKey("0x1::nonce_validation::NonceHistory");

/** When the transaction expires, in seconds, that used the nonce last; undefined where that is unknown or forgotten. */
export function readNonce(
  state: StateReader,
  sender: Uint8Array,
  nonce: bigint,
): bigint | undefined {
  const history = state.read(RESOURCE_DOMAIN, FRAMEWORK, NONCE_HISTORY_KEY);
  if (history === undefined) return undefined;
  const key = new ByteWriter(40);
  key.bytes(sender);
  key.u64(nonce);
  // The handle of the first table.
  const expiration = state.read(TABLE_DOMAIN, history.slice(0, 32), key.finish());
  return expiration === undefined ? undefined : new ByteReader(expiration).u64();
}

/** BCS of `0x1::timestamp::CurrentTimeMicroseconds`. */
export function timestampResource(seconds: number): Uint8Array {
  const writer = new ByteWriter(8);
  writer.u64(BigInt(seconds) * 1_000_000n);
  return writer.finish();
}
