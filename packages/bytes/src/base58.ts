import { refuse } from "@dragoman/fault";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Value of a character code below 128 as base58 digit; -1 for any other. */
const DIGITS = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 58; digit++) DIGITS[ALPHABET.charCodeAt(digit)] = digit;

/** Longest text that is decoded: the work grows with its square, and keys, hashes and
 * signatures have fewer than 90 characters, a Solana transaction fewer than 1,700. */
export const BASE58_LENGTH_MAX = 4096;

/** Digits and bytes that are worked on at once. A product of a limb and a shift stays below 2^48, so plain numbers are exact. */
const DIGITS_PER_LIMB = 4;
const BYTES_PER_LIMB = 3;
const DIGIT_LIMB = 58 ** DIGITS_PER_LIMB;
const BYTE_LIMB = 256 ** BYTES_PER_LIMB;

/** Base58 text of `bytes` in Bitcoin's alphabet, as Solana writes keys and signatures. */
export function encodeBase58(bytes: Uint8Array): string {
  const zeros = countLeading(bytes, 0);
  const limbs = convert(bytes.subarray(zeros), 256, BYTES_PER_LIMB, DIGIT_LIMB);
  let text = "";
  for (let limb of limbs) {
    for (let digit = 0; digit < DIGITS_PER_LIMB; digit++, limb = Math.floor(limb / 58)) {
      text = (ALPHABET[limb % 58] as string) + text;
    }
  }
  return "1".repeat(zeros) + text.slice(countLeading(text, "1"));
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
  const zeros = countLeading(values, 0);
  const limbs = convert(values.slice(zeros), 58, DIGITS_PER_LIMB, BYTE_LIMB);
  const bytes: number[] = [];
  for (const limb of limbs) bytes.push(limb & 0xff, (limb >> 8) & 0xff, limb >> 16);
  while (bytes.at(-1) === 0) bytes.pop();
  return Uint8Array.from([...new Uint8Array(zeros), ...bytes.reverse()]);
}

/** The number that `digits` write in `radix`, most significant first, as limbs, least significant first. `chunk`: digits that are added at once. */
function convert(
  digits: ArrayLike<number>,
  radix: number,
  chunk: number,
  limbRadix: number,
): number[] {
  const limbs: number[] = [];
  for (let at = 0; at < digits.length; ) {
    // The first chunk is the short one, so that all others are whole.
    const end = at + ((digits.length - at) % chunk || chunk);
    let carry = 0;
    let factor = 1;
    for (; at < end; at++, factor *= radix) carry = carry * radix + (digits[at] as number);
    for (let index = 0; index < limbs.length; index++) {
      const sum = (limbs[index] as number) * factor + carry;
      carry = Math.floor(sum / limbRadix);
      limbs[index] = sum - carry * limbRadix;
    }
    for (; carry > 0; carry = Math.floor(carry / limbRadix)) limbs.push(carry % limbRadix);
  }
  return limbs;
}

function countLeading<T>(values: ArrayLike<T>, wanted: T): number {
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
