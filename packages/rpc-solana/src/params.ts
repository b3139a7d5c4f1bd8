import { decodeBase58 } from "@dragoman/bytes";
import { FaultError } from "@dragoman/fault";
import { refuseParams } from "@dragoman/rpc-server";

/** The object of options that most methods take last. */
export type Config = Readonly<Record<string, unknown>>;

const NONE: Config = {};

/** A parameter as object of options; absent = none. */
export function config(value: unknown): Config {
  if (value === undefined || value === null) return NONE;
  if (typeof value === "object" && !Array.isArray(value)) return value as Config;
  return refuseParams(`Invalid params: invalid type: ${typeof value}, expected an object`);
}

/** Bytes of base58 text of exactly `size` bytes. */
function base58(value: unknown, size: number, what: string): Uint8Array {
  if (typeof value !== "string") {
    return refuseParams(`Invalid params: invalid type: ${typeof value}, expected a string`);
  }
  try {
    const bytes = decodeBase58(value);
    if (bytes.length === size) return bytes;
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return refuseParams(`Invalid param: Invalid`);
  }
  return refuseParams(`Invalid param: ${what}`);
}

/** An address of 32 bytes. */
export const address = (value: unknown): Uint8Array => base58(value, 32, "WrongSize");
export const signature = (value: unknown): Uint8Array => base58(value, 64, "WrongSize");

export function list(value: unknown, countMax: number): readonly unknown[] {
  if (!Array.isArray(value)) {
    return refuseParams(`Invalid params: invalid type: ${typeof value}, expected a sequence`);
  }
  if (value.length > countMax) {
    return refuseParams(`Too many inputs provided; max ${countMax}`);
  }
  return value;
}

/** An integer that is not negative. */
export function integer(value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  return refuseParams(`Invalid params: invalid value: ${JSON.stringify(value)}, expected u64`);
}

/** An optional integer of a configuration. */
export function numberField(from: Config, name: string): number | undefined {
  const value = from[name];
  return value === undefined || value === null ? undefined : integer(value);
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Bytes in the encoding that a configuration names; Solana's default is base58. */
export function encodedBytes(value: unknown, encoding: unknown, bytesMax: number): Uint8Array {
  if (typeof value !== "string") {
    return refuseParams(`Invalid params: invalid type: ${typeof value}, expected a string`);
  }
  // The shorter of the two encodings has four characters for three bytes.
  if (value.length > bytesMax * 2) {
    return refuseParams(`base64 encoded too large: ${value.length} bytes`);
  }
  if (encoding === "base64") {
    if (!BASE64.test(value)) return refuseParams("invalid base64 encoding");
    return Uint8Array.from(Buffer.from(value, "base64"));
  }
  if (encoding !== undefined && encoding !== null && encoding !== "base58") {
    return refuseParams(
      `unsupported encoding: ${String(encoding)}. Supported encodings: base58, base64`,
    );
  }
  try {
    return decodeBase58(value);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return refuseParams(`invalid base58 encoding: ${error.fault.message}`);
  }
}
