import { ByteReader, ByteWriter } from "@dragoman/bytes";
import type { StateReader } from "@dragoman/core";
import { parseTypeTag, RESOURCE_DOMAIN } from "@dragoman/frontend-move";
import { type StructTag, writeStructTag } from "./transaction/type-tag.ts";

/** Key of a resource's cell: BCS of its StructTag. */
export function resourceKey(type: string | StructTag): Uint8Array {
  const writer = new ByteWriter(96);
  writeStructTag(writer, typeof type === "string" ? (parseTypeTag(type) as StructTag) : type);
  return writer.finish();
}

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

/** BCS of `0x1::timestamp::CurrentTimeMicroseconds`. */
export function timestampResource(seconds: number): Uint8Array {
  const writer = new ByteWriter(8);
  writer.u64(BigInt(seconds) * 1_000_000n);
  return writer.finish();
}
