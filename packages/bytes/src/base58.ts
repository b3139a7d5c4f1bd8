import { refuse } from "@dragoman/fault";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Value of a character code below 128 as base58 digit; -1 for any other. */
const DIGITS = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 58; digit++) DIGITS[ALPHABET.charCodeAt(digit)] = digit;

/** Longest text that is decoded: the work grows with its square, and keys, hashes and
 * signatures have fewer than 90 characters, a Solana transaction fewer than 1,700. */
export const BASE58_LENGTH_MAX = 4096;

/** Base58 text of `bytes` in Bitcoin's alphabet, as Solana writes keys and signatures. */
export function encodeBase58(bytes: Uint8Array): string {
  const digits: number[] = [];
  for (const byte of bytes) multiplyAdd(digits, 256, byte, 58);
  const zeros = countLeading(bytes, 0);
  return (
    "1".repeat(zeros) +
    digits
      .reverse()
      .map((digit) => ALPHABET[digit])
      .join("")
  );
}

/**
 * Bytes of base58 text.
 *
 * Faults: `MALFORMED_BASE58` at the offending character, `BASE58_LENGTH_EXCEEDED`.
 */
export function decodeBase58(text: string): Uint8Array<ArrayBuffer> {
  if (text.length > BASE58_LENGTH_MAX) {
    refuse("BASE58_LENGTH_EXCEEDED", BASE58_LENGTH_MAX, `${text.length} characters are too many`, {
      max: BASE58_LENGTH_MAX,
    });
  }
  const values = Array.from(text, (_, at) => base58Digit(text, at));
  const bytes: number[] = [];
  for (const value of values) multiplyAdd(bytes, 58, value, 256);
  const zeros = countLeading(values, 0);
  return Uint8Array.from([...new Uint8Array(zeros), ...bytes.reverse()]);
}

/** digits = digits * factor + addend, in `radix`, least significant digit first, no leading zeros. */
function multiplyAdd(digits: number[], factor: number, addend: number, radix: number): void {
  let carry = addend;
  for (let index = 0; index < digits.length; index++) {
    const sum = (digits[index] as number) * factor + carry;
    digits[index] = sum % radix;
    carry = Math.trunc(sum / radix);
  }
  for (; carry > 0; carry = Math.trunc(carry / radix)) digits.push(carry % radix);
}

function countLeading(values: ArrayLike<number>, wanted: number): number {
  let count = 0;
  while (count < values.length && values[count] === wanted) count++;
  return count;
}

function base58Digit(text: string, at: number): number {
  const digit = DIGITS[text.charCodeAt(at)] ?? -1;
  if (digit < 0) {
    refuse("MALFORMED_BASE58", at, `${JSON.stringify(text[at])} is no base58 digit`);
  }
  return digit;
}
