import { keccak256 } from "@dragoman/crypto";
import type { Storage } from "../storage/storage.ts";

const ETH_MARK = 0xee;
const ADDRESS_BYTES = 20;

/** Whether an account stands for an address of Ethereum: its last 12 bytes are 0xee. */
export const isEthDerived = (account: Uint8Array): boolean =>
  account.subarray(ADDRESS_BYTES).every((byte) => byte === ETH_MARK);

/** Address that contracts see for an account, as pallet-revive's `AccountId32Mapper`: 20 bytes. */
export function addressOf(account: Uint8Array): Uint8Array {
  if (isEthDerived(account)) return account.slice(0, ADDRESS_BYTES);
  return keccak256(account).slice(12);
}

/** Account that an address stands for while nobody is mapped to it. */
export function fallbackAccount(address: Uint8Array): Uint8Array {
  const account = new Uint8Array(32).fill(ETH_MARK);
  account.set(address);
  return account;
}

/** Account that an address stands for. */
export const accountOf = (storage: Storage, address: Uint8Array): Uint8Array =>
  storage.get("Revive", "OriginalAccount", address) ?? fallbackAccount(address);

/** Whether contracts can be called by an account: it is of Ethereum, or was registered by `map_account`. */
export const isMapped = (storage: Storage, account: Uint8Array): boolean =>
  isEthDerived(account) ||
  storage.get("Revive", "OriginalAccount", addressOf(account)) !== undefined;
