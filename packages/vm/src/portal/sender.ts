import { concatBytes } from "@dragoman/bytes";
import { keccak256 } from "@dragoman/crypto";
import { VMS, type Vm } from "./payload.ts";

const TAG = new TextEncoder().encode("dragoman.portal.sender.v1");

/**
 * Identity under which a program of one machine appears in another: keccak-256 of a tag, the number of the caller's machine and its
 * address. 32 bytes; the EVM sees the last 20.
 */
export function derivedSender(vm: Vm, address: Uint8Array): Uint8Array {
  return keccak256(concatBytes(TAG, Uint8Array.of(VMS.indexOf(vm)), address));
}
