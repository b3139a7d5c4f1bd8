import { refuse } from "@dragoman/fault";

/**
 * Values of Move in JSON as the Aptos REST interface writes them: u64 as decimal text, addresses without leading zeros, bytes in hex, structs as
 * objects. Every reader here gives INVALID_MARKET_INPUT for anything else.
 */
type Fields = { readonly [name: string]: unknown };

function mismatch(value: unknown, wanted: string): never {
  return refuse("INVALID_MARKET_INPUT", undefined, `${JSON.stringify(value)} is no ${wanted}`);
}

export function fieldsOf(value: unknown): Fields {
  if (typeof value !== "object" || value === null) return mismatch(value, "struct");
  return value as Fields;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : mismatch(value, "list");
}

export function u64Of(value: unknown): bigint {
  if (typeof value !== "string" || !/^\d{1,20}$/.test(value)) return mismatch(value, "u64");
  return BigInt(value);
}

export function boolOf(value: unknown): boolean {
  return typeof value === "boolean" ? value : mismatch(value, "bool");
}

/** 32 bytes in 0x lower-case hex. */
export function addressOf(value: unknown): string {
  const digits = /^0x([0-9a-f]{1,64})$/i.exec(String(value))?.[1];
  if (digits === undefined) return mismatch(value, "address");
  return `0x${digits.toLowerCase().padStart(64, "0")}`;
}

/** Bytes in 0x lower-case hex. */
export function bytesOf(value: unknown): string {
  const digits = /^(?:0x)?((?:[0-9a-f]{2})*)$/i.exec(String(value))?.[1];
  return digits === undefined ? mismatch(value, "vector<u8>") : `0x${digits.toLowerCase()}`;
}
