import { type Code, EMPTY, get, i32, i64, load, moduleOf, OP, set, store } from "./wasm-code.ts";

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

/** Columns, then diagonals, of the 4 x 4 state: words a, b, c and d of each mix. */
const MIXES = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

/** Where the code's memory has the state (16 words) and the message (16 words). */
export const STATE_AT = 0;
export const MESSAGE_AT = 128;

/** Parameter 0 is the count of rounds; the locals behind it are the words of the state. */
const ROUNDS = 0;
const word = (index: number): number => index + 1;

/**
 * A module with one page of memory and `permute(rounds)`, which applies so many rounds to the state in memory (RFC 7693, section 3.2). Ten rounds are
 * written out, with the state in locals, and repeated.
 */
export function blake2fModule(): WebAssembly.Module {
  const words = Array.from({ length: 16 }, (_, index) => index);
  const begin = words.flatMap((index) => [
    ...[...i32(0), ...load(STATE_AT + 8 * index), ...set(word(index))],
  ]);
  const end = words.flatMap((index) => [
    ...[...i32(0), ...get(word(index)), ...store(STATE_AT + 8 * index)],
  ]);
  const rounds = SIGMA.flatMap((sigma) => [
    ...[...get(ROUNDS), OP.i32Eqz, OP.brIf, 1],
    ...[...get(ROUNDS), ...i32(1), OP.i32Sub, ...set(ROUNDS)],
    ...MIXES.flatMap((mix, index) => mixCode(mix, sigma[2 * index], sigma[2 * index + 1])),
  ]);
  const repeated = [OP.block, EMPTY, OP.loop, EMPTY, ...rounds, OP.br, 0, OP.end, OP.end];
  return moduleOf("permute", 1, words.length, [...begin, ...repeated, ...end]);
}

/** The mixing function G (RFC 7693, section 3.1) with the words x and y of the message. */
function mixCode([a, b, c, d]: readonly [number, number, number, number], x = 0, y = 0): Code {
  return [
    ...[...addMessage(a, b, x), ...turn(d, a, 32), ...addWord(c, d), ...turn(b, c, 24)],
    ...[...addMessage(a, b, y), ...turn(d, a, 16), ...addWord(c, d), ...turn(b, c, 63)],
  ];
}

/** a += b + message[x] */
const addMessage = (a: number, b: number, x: number): Code => [
  ...[...get(word(a)), ...get(word(b)), OP.i64Add],
  ...[...i32(0), ...load(MESSAGE_AT + 8 * x), OP.i64Add, ...set(word(a))],
];

/** c += d */
const addWord = (c: number, d: number): Code => [
  ...[...get(word(c)), ...get(word(d)), OP.i64Add, ...set(word(c))],
];

/** d = (d ^ a) >>> bits */
const turn = (d: number, a: number, bits: number): Code => [
  ...[...get(word(d)), ...get(word(a)), OP.i64Xor],
  ...[...i64(bits), OP.i64Rotr, ...set(word(d))],
];
