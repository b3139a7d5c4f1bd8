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

/** Opcodes (WebAssembly core specification, 5.4). */
const OP = {
  block: 0x02,
  loop: 0x03,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i64Load: 0x29,
  i64Store: 0x37,
  i32Const: 0x41,
  i64Const: 0x42,
  i32Eqz: 0x45,
  i32Sub: 0x6b,
  i64Add: 0x7c,
  i64Xor: 0x85,
  i64Rotr: 0x8a,
} as const;
const I32 = 0x7f;
const I64 = 0x7e;
const EMPTY = 0x40;

/** Parameter 0 is the count of rounds; the locals behind it are the words of the state. */
const ROUNDS = 0;
const word = (index: number): number => index + 1;

/**
 * A module with one page of memory and `permute(rounds)`, which applies so many rounds to the state in memory (RFC 7693, section 3.2). Ten rounds are
 * written out, with the state in locals, and repeated.
 */
export function blake2fModule(): Uint8Array<ArrayBuffer> {
  const body = [...vector([[...leb(16), I64]]), ...permuteCode()];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([[0x60, ...vector([[I32]]), ...vector([])]])),
    ...section(3, vector([[0]])),
    ...section(5, vector([[0, 1]])),
    ...section(7, vector([exported("memory", 2), exported("permute", 0)])),
    ...section(10, vector([[...leb(body.length), ...body]])),
  ]);
}

function permuteCode(): readonly number[] {
  const words = Array.from({ length: 16 }, (_, index) => index);
  const load = words.flatMap((index) => [
    ...[...i32(0), OP.i64Load, 3, ...leb(STATE_AT + 8 * index)],
    ...[OP.localSet, word(index)],
  ]);
  const store = words.flatMap((index) => [
    ...[...i32(0), OP.localGet, word(index)],
    ...[OP.i64Store, 3, ...leb(STATE_AT + 8 * index)],
  ]);
  const rounds = SIGMA.flatMap((sigma) => [
    ...[OP.localGet, ROUNDS, OP.i32Eqz, OP.brIf, 1],
    ...[OP.localGet, ROUNDS, ...i32(1), OP.i32Sub, OP.localSet, ROUNDS],
    ...MIXES.flatMap((mix, index) => mixCode(mix, sigma[2 * index], sigma[2 * index + 1])),
  ]);
  return [
    ...load,
    ...[OP.block, EMPTY, OP.loop, EMPTY],
    ...rounds,
    ...[OP.br, 0, OP.end, OP.end],
    ...store,
    OP.end,
  ];
}

/** The mixing function G (RFC 7693, section 3.1) with the words x and y of the message. */
function mixCode(
  [a, b, c, d]: readonly [number, number, number, number],
  x = 0,
  y = 0,
): readonly number[] {
  return [
    ...[...addMessage(a, b, x), ...turn(d, a, 32), ...addWord(c, d), ...turn(b, c, 24)],
    ...[...addMessage(a, b, y), ...turn(d, a, 16), ...addWord(c, d), ...turn(b, c, 63)],
  ];
}

/** a += b + message[x] */
const addMessage = (a: number, b: number, x: number): readonly number[] => [
  ...[OP.localGet, word(a), OP.localGet, word(b), OP.i64Add],
  ...[...i32(0), OP.i64Load, 3, ...leb(MESSAGE_AT + 8 * x), OP.i64Add, OP.localSet, word(a)],
];

/** c += d */
const addWord = (c: number, d: number): readonly number[] => [
  ...[OP.localGet, word(c), OP.localGet, word(d), OP.i64Add, OP.localSet, word(c)],
];

/** d = (d ^ a) >>> bits */
const turn = (d: number, a: number, bits: number): readonly number[] => [
  ...[OP.localGet, word(d), OP.localGet, word(a), OP.i64Xor],
  ...[OP.i64Const, ...signedLeb(bits), OP.i64Rotr, OP.localSet, word(d)],
];

const i32 = (value: number): readonly number[] => [OP.i32Const, ...signedLeb(value)];

/** A number below 64 needs one byte as a signed LEB128. */
const signedLeb = (value: number): readonly number[] => (value < 64 ? [value] : [value | 0x80, 0]);

function leb(value: number): readonly number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}

const vector = (items: readonly (readonly number[])[]): readonly number[] => [
  ...leb(items.length),
  ...items.flat(),
];

const section = (id: number, content: readonly number[]): readonly number[] => [
  id,
  ...leb(content.length),
  ...content,
];

const exported = (name: string, kind: number): readonly number[] => [
  ...leb(name.length),
  ...new TextEncoder().encode(name),
  ...[kind, 0],
];
