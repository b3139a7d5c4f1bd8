import { decodeHex, encodeHex } from "@dragoman/bytes";
import { keccak256 } from "@dragoman/crypto";
import { refuse } from "@dragoman/fault";
import { decodeAddress } from "@polkadot/util-crypto";

const H160 = /^0x[0-9a-fA-F]{40}$/;
const ADDRESS_BYTES = 20;
const ETH_MARK = 0xee;

/** Account that an H160 stands for while nobody is mapped to it: 32 bytes. */
export function fallbackOf(address: Uint8Array): Uint8Array {
  const account = new Uint8Array(32).fill(ETH_MARK);
  account.set(address);
  return account;
}

/** Whether an account stands for an address of Ethereum. */
export const isEthereum = (account: Uint8Array): boolean =>
  account.subarray(ADDRESS_BYTES).every((byte) => byte === ETH_MARK);

/** Account of 32 bytes of an address in SS58, or of an H160 in hex. Fault: MALFORMED_ADDRESS. */
export function accountOf(address: string): Uint8Array {
  if (H160.test(address)) return fallbackOf(decodeHex(address));
  try {
    const account = decodeAddress(address);
    if (account.length === 32 && !address.startsWith("0x")) return account;
  } catch {
    // The client throws plain errors for what is no SS58.
  }
  return refuse(
    "MALFORMED_ADDRESS",
    undefined,
    `${address} is no address of Polkadot: SS58, or 0x and 40 hex digits`,
  );
}

/** Address, 20 bytes, that the Revive pallet gives an account (`AccountId32Mapper`). */
export function h160Of(account: Uint8Array): Uint8Array {
  return isEthereum(account) ? account.slice(0, ADDRESS_BYTES) : keccak256(account).slice(12);
}

/** The same in hex, for an address as people write it. */
export const h160Text = (address: string): string => encodeHex(h160Of(accountOf(address)));

/** Owner in the market: the H160 in the last 20 of 32 bytes. */
export const ownerOf = (address: string): string =>
  `0x${"00".repeat(12)}${h160Text(address).slice(2)}`;
