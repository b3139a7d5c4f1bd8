import { decodeHex, encodeHex } from "@dragoman/bytes";
import { MoveFault } from "../format/index.ts";

/** `0x1` for the 32 bytes `00…01`: the address as Move source writes it, without leading zeros. */
export function formatAddress(address: Uint8Array): string {
  const digits = encodeHex(address).slice(2).replace(/^0+/, "");
  return `0x${digits === "" ? "0" : digits}`;
}

/**
 * The 32 bytes of `0x1`, `0xACC` or 64 digits, with or without `0x`.
 *
 * Faults: MoveFault INVALID_MODULE_HANDLE where the text is no address.
 */
export function parseAddress(text: string): Uint8Array {
  const digits = text.replace(/^@?0x/i, "");
  if (!/^[0-9a-f]{1,64}$/i.test(digits)) {
    throw new MoveFault("INVALID_MODULE_HANDLE", {}, `${JSON.stringify(text)} is no address`);
  }
  return decodeHex(digits.padStart(64, "0"));
}

/** `0x1::vector`: the name by which modules are found everywhere in this frontend. */
export function moduleName(address: Uint8Array, name: string): string {
  return `${formatAddress(address)}::${name}`;
}

/** Splits `0xACC::bank` into its address and its identifier, the address in any spelling. */
export function parseModuleName(text: string): { address: Uint8Array; name: string } {
  const parts = text.split("::");
  const [address, name] = parts;
  if (parts.length !== 2 || address === undefined || !/^[A-Za-z_$][\w$]*$/.test(name ?? "")) {
    throw new MoveFault("INVALID_MODULE_HANDLE", {}, `${JSON.stringify(text)} is no module name`);
  }
  return { address: parseAddress(address), name: name as string };
}

/** The same module name with the address in its shortest form. */
export function canonicalModuleName(text: string): string {
  const { address, name } = parseModuleName(text);
  return moduleName(address, name);
}
