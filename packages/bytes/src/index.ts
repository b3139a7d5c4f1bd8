/** Bounded readers and writers, hex, base58, base64, LEB128. */
export { BASE58_LENGTH_MAX, decodeBase58, encodeBase58 } from "./base58.ts";
export { decodeBase64, encodeBase64 } from "./base64.ts";
export { compareBytes, concatBytes, equalBytes } from "./compare.ts";
export { decodeHex, encodeHex } from "./hex.ts";
export { holdsKey, KeyMap } from "./key-map.ts";
export { ByteReader } from "./reader.ts";
export { ByteWriter } from "./writer.ts";
