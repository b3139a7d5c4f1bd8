import { concatBytes, decodeHex } from "@dragoman/bytes";
import { keccak256 } from "@dragoman/crypto";
import type { Address, StateOverride } from "viem";
import { hex } from "./evm-transaction.ts";

/** Slot of the mapping `allowance` in CollateralToken.sol; constants and immutables have none. */
const ALLOWANCE_SLOT = 2;

const word = (bytes: Uint8Array): Uint8Array =>
  concatBytes(new Uint8Array(32 - bytes.length), bytes);

/** The token as it will be once `owner` has allowed `spender` everything: for calls that come before that is so. */
export function allowanceOverride(token: Address, owner: string, spender: string): StateOverride {
  const ofOwner = keccak256(
    concatBytes(word(decodeHex(owner)), word(Uint8Array.of(ALLOWANCE_SLOT))),
  );
  const slot = keccak256(concatBytes(word(decodeHex(spender)), ofOwner));
  const value = hex(new Uint8Array(32).fill(0xff));
  return [{ address: token, stateDiff: [{ slot: hex(slot), value }] }];
}
