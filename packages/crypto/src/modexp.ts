/** Bits of an exponent and the window that serves it best: the table of odd powers against the products it saves. */
const WINDOWS = [
  [672, 6],
  [240, 5],
  [80, 4],
  [24, 3],
  [1, 1],
] as const;

/** base ^ exponent mod modulus for unsigned integers of any size; 0 if the modulus is 0 or 1. */
export function modexp(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (modulus <= 1n) return 0n;
  if (exponent === 0n) return 1n;
  const bits = exponent.toString(2);
  const [, window] = WINDOWS.find(([least]) => bits.length >= least) ?? WINDOWS[4];
  const powers = oddPowers(base % modulus, modulus, 1 << (window - 1));
  // Sliding windows, most significant first: each begins and ends with a one, zeros between them only square.
  let result: bigint | undefined;
  for (let at = 0; at < bits.length; ) {
    if (bits[at] === "0") {
      result = square(result as bigint, modulus);
      at++;
      continue;
    }
    let end = Math.min(at + window, bits.length);
    while (bits[end - 1] === "0") end--;
    const power = powers[Number.parseInt(bits.slice(at, end), 2) >> 1] as bigint;
    if (result === undefined) result = power;
    else {
      for (let bit = at; bit < end; bit++) result = square(result, modulus);
      result = (result * power) % modulus;
    }
    at = end;
  }
  return result as bigint;
}

const square = (value: bigint, modulus: bigint): bigint => (value * value) % modulus;

/** The powers 1, 3, 5, … of a number. */
function oddPowers(base: bigint, modulus: bigint, count: number): readonly bigint[] {
  const powers = [base];
  const step = count > 1 ? square(base, modulus) : 0n;
  for (let i = 1; i < count; i++) powers.push(((powers[i - 1] as bigint) * step) % modulus);
  return powers;
}
