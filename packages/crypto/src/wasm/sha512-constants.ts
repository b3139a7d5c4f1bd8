/** The first `count` primes. */
function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n++) {
    if (found.every((prime) => n % prime !== 0n)) found.push(n);
  }
  return found;
}

/** The largest number whose power is not above `value`: Newton's steps from above. */
function root(value: bigint, power: bigint): bigint {
  let guess = 1n << 80n;
  for (;;) {
    const next = ((power - 1n) * guess + value / guess ** (power - 1n)) / power;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** First 64 bits behind the point of the roots of the first primes (FIPS 180-4, 4.2.3 and 5.3.5). */
const fractions = (count: number, power: bigint): bigint[] =>
  primes(count).map((prime) => BigInt.asUintN(64, root(prime << (64n * power), power)));

/** What SHA-512 begins with: square roots. */
export const sha512Start = (): bigint[] => fractions(8, 2n);
/** What its rounds add: cube roots. */
export const sha512Rounds = (): bigint[] => fractions(80, 3n);
