const MASK = (1n << 64n) - 1n;
const rotate = (value: bigint, by: bigint): bigint =>
  ((value << by) | (value >> (64n - by))) & MASK;

/** What the state begins with before the key: "somepseudorandomlygeneratedbytes". */
const START = [
  0x736f6d6570736575n,
  0x646f72616e646f6dn,
  0x6c7967656e657261n,
  0x7465646279746573n,
] as const;

type State = [bigint, bigint, bigint, bigint];

/**
 * SipHash-2-4 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012), as an unsigned number.
 *
 * @param key its first and second 64 bits, little-endian
 */
export function sipHash(data: Uint8Array, key: readonly [bigint, bigint]): bigint {
  const [low, high] = key;
  const state: State = [START[0] ^ low, START[1] ^ high, START[2] ^ low, START[3] ^ high];
  const whole = data.length - (data.length % 8);
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  for (let at = 0; at < whole; at += 8) absorb(state, view.getBigUint64(at, true));
  let last = BigInt(data.length & 0xff) << 56n;
  for (let at = whole; at < data.length; at++) {
    last |= BigInt(data[at] as number) << BigInt(8 * (at - whole));
  }
  absorb(state, last);
  state[2] ^= 0xffn;
  for (let round = 0; round < 4; round++) mix(state);
  return state[0] ^ state[1] ^ state[2] ^ state[3];
}

function absorb(state: State, word: bigint): void {
  state[3] ^= word;
  mix(state);
  mix(state);
  state[0] ^= word;
}

function mix(state: State): void {
  let [a, b, c, d] = state;
  a = (a + b) & MASK;
  b = rotate(b, 13n) ^ a;
  a = rotate(a, 32n);
  c = (c + d) & MASK;
  d = rotate(d, 16n) ^ c;
  a = (a + d) & MASK;
  d = rotate(d, 21n) ^ a;
  c = (c + b) & MASK;
  b = rotate(b, 17n) ^ c;
  c = rotate(c, 32n);
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}
