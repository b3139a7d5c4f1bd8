/** Hashes and curves that the machines and ledgers need. */
export { blake2f } from "./blake2f.ts";
export { isEd25519Point, publicKeyEd25519, signEd25519, verifyEd25519 } from "./ed25519.ts";
export { blake2b512, blake3, keccak256, ripemd160, sha3_256, sha256 } from "./hashes.ts";
export { modexp } from "./modexp.ts";
export { recoverSecp256k1 } from "./secp256k1.ts";
