import { blake2b } from "@noble/hashes/blake2.js";
import { blake3 as nobleBlake3 } from "@noble/hashes/blake3.js";
import { ripemd160 as nobleRipemd160 } from "@noble/hashes/legacy.js";
import { sha256 as nobleSha256, sha512 as nobleSha512 } from "@noble/hashes/sha2.js";
import { sha3_256 as nobleSha3, sha3_512 as nobleSha3Wide } from "@noble/hashes/sha3.js";
import { nativeHash } from "./native-hash.ts";

/** SHA-256 (FIPS 180-4): 32 bytes. */
export const sha256: (data: Uint8Array) => Uint8Array = nativeHash("sha256", nobleSha256);

/** SHA3-256 (FIPS 202): 32 bytes. */
export const sha3_256: (data: Uint8Array) => Uint8Array = nativeHash("sha3-256", nobleSha3);

/** RIPEMD-160: 20 bytes. */
export const ripemd160 = (data: Uint8Array): Uint8Array => nobleRipemd160(data);

/** BLAKE3 with 32 bytes of output. */
export const blake3 = (data: Uint8Array): Uint8Array => nobleBlake3(data);

/** BLAKE2b (RFC 7693) with 64 bytes of output. */
export const blake2b512: (data: Uint8Array) => Uint8Array = nativeHash("blake2b512", (data) =>
  blake2b(data),
);

/** SHA-512 (FIPS 180-4): 64 bytes. */
export const sha512: (data: Uint8Array) => Uint8Array = nativeHash("sha512", nobleSha512);

/** SHA3-512 (FIPS 202): 64 bytes. */
export const sha3_512: (data: Uint8Array) => Uint8Array = nativeHash("sha3-512", nobleSha3Wide);

/** BLAKE2b (RFC 7693) with 32 bytes of output. */
export const blake2b256 = (data: Uint8Array): Uint8Array => blake2b(data, { dkLen: 32 });
