import { blake2b } from "@noble/hashes/blake2.js";

/** BLAKE2b (RFC 7693) with 32 bytes of output: Substrate's hash of blocks, extrinsics and long payloads. */
export const blake2b256 = (data: Uint8Array): Uint8Array => blake2b(data, { dkLen: 32 });

/** BLAKE2b with 16 bytes of output, of storage keys. */
export const blake2b128 = (data: Uint8Array): Uint8Array => blake2b(data, { dkLen: 16 });

/** BLAKE2b with 8 bytes of output: identifiers of runtime interfaces. */
export const blake2b64 = (data: Uint8Array): Uint8Array => blake2b(data, { dkLen: 8 });

export { blake2b512 } from "@dragoman/crypto";
