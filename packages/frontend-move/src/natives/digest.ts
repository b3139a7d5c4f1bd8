import type { HostFunction } from "@dragoman/core";
import {
  blake2b256,
  ripemd160 as hashRipemd160,
  sha512 as hashSha2,
  sha3_512 as hashSha3,
  sipHash as hashSip,
  keccak256,
} from "@dragoman/crypto";
import { NATIVE_GAS } from "./native-gas.ts";
import { bytesArgument, giveBytes, giveNumber, unpaid } from "./native-result.ts";

/** `(vector<u8>): vector<u8>`. */
const digest =
  (hash: (data: Uint8Array) => Uint8Array, base: number, perByte: number): HostFunction =>
  (frame) => {
    const bytes = bytesArgument(frame, 0);
    if (!frame.charge(base + perByte * bytes.length)) return unpaid(frame);
    return giveBytes(frame, 1, hash(bytes));
  };

export const keccak = digest(keccak256, NATIVE_GAS.KECCAK, NATIVE_GAS.KECCAK_BYTE);
export const sha2Wide = digest(hashSha2, NATIVE_GAS.SHA2_512, NATIVE_GAS.SHA2_512_BYTE);
export const sha3Wide = digest(hashSha3, NATIVE_GAS.SHA3_512, NATIVE_GAS.SHA3_512_BYTE);
export const ripemd160 = digest(hashRipemd160, NATIVE_GAS.RIPEMD160, NATIVE_GAS.RIPEMD160_BYTE);
export const blake2b = digest(blake2b256, NATIVE_GAS.BLAKE2B_256, NATIVE_GAS.BLAKE2B_256_BYTE);

/** `sip_hash(vector<u8>): u64`, with a key of zeros. */
export const sipHash: HostFunction = (frame) => {
  const bytes = bytesArgument(frame, 0);
  const cost = NATIVE_GAS.SIP_HASH + NATIVE_GAS.SIP_HASH_BYTE * bytes.length;
  return frame.charge(cost) ? giveNumber(frame, hashSip(bytes, [0n, 0n])) : unpaid(frame);
};
