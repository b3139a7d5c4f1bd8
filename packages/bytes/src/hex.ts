import { refuse } from "@dragoman/fault";

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Value of a character code below 128 as hex digit; -1 for any other. */
const DIGITS = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 16; digit++) {
  const text = digit.toString(16);
  DIGITS[text.charCodeAt(0)] = digit;
  DIGITS[text.toUpperCase().charCodeAt(0)] = digit;
}

/** Text of `bytes` in lower-case hex with the prefix `0x`. */
export function encodeHex(bytes: Uint8Array): `0x${string}` {
  let text = "";
  for (let index = 0; index < bytes.length; index++) text += PAIRS[bytes[index] as number];
  return `0x${text}`;
}

/**
 * Bytes of hex text, with or without the prefix `0x`, in either case.
 *
 * Faults: `HEX_LENGTH_MISMATCH`, `MALFORMED_HEX` at the offending character of `text`.
 */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  const start = text.startsWith("0x") || text.startsWith("0X") ? 2 : 0;
  const digits = text.length - start;
  if (digits % 2 !== 0) {
    refuse("HEX_LENGTH_MISMATCH", text.length, `${digits} hex digits are no whole bytes`, {
      digits,
    });
  }
  const bytes = new Uint8Array(digits / 2);
  for (let index = 0, at = start; index < bytes.length; index++, at += 2) {
    bytes[index] = (hexDigit(text, at) << 4) | hexDigit(text, at + 1);
  }
  return bytes;
}

function hexDigit(text: string, at: number): number {
  const digit = DIGITS[text.charCodeAt(at)] ?? -1;
  if (digit < 0) {
    refuse("MALFORMED_HEX", at, `${JSON.stringify(text[at])} is no hex digit`);
  }
  return digit;
}
