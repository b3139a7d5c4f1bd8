import { encodeHex } from "@dragoman/bytes";

/** An integer as Ethereum's RPC writes it. */
export const hexQuantity = (value: bigint | number): string => `0x${value.toString(16)}`;

/** A word as 32 bytes of hex. */
export const hexWord = (word: bigint): string => `0x${word.toString(16).padStart(64, "0")}`;

export const hexBytes = (bytes: Uint8Array): string => encodeHex(bytes);
