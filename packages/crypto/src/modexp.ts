/** Bits of the exponent that one multiplication serves. */
const WINDOW = 4;

/** base ^ exponent mod modulus for unsigned integers of any size; 0 if the modulus is 0 or 1. */
export function modexp(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (modulus <= 1n) return 0n;
  const powers = [1n];
  const reduced = base % modulus;
  for (let power = 1; power < 1 << WINDOW; power++) {
    powers.push(((powers[power - 1] as bigint) * reduced) % modulus);
  }
  // The hex digits of the exponent are its windows, most significant first.
  let result = 1n;
  for (const digit of exponent.toString(1 << WINDOW)) {
    for (let bit = 0; bit < WINDOW; bit++) result = (result * result) % modulus;
    result = (result * (powers[Number.parseInt(digit, 16)] as bigint)) % modulus;
  }
  return result;
}
