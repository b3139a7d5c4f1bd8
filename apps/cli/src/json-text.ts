import { encodeHex } from "@dragoman/bytes";

/** JSON text in two-space form; big integers become decimal strings and bytes hex. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, plain, 2);
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Uint8Array) return encodeHex(value);
  if (value instanceof Map) return Object.fromEntries(value);
  return value;
}
