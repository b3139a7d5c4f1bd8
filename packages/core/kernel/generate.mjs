// Writes out the two unrolled permutations as AssemblyScript, computed from their specifications.

/** Round constants of keccak-f[1600] from the linear feedback shift register of FIPS 202, 3.2.5. */
function roundConstants() {
  const constants = [];
  let lfsr = 1;
  for (let round = 0; round < 24; round++) {
    let constant = 0n;
    for (let j = 0; j < 7; j++) {
      if (lfsr & 1) constant |= 1n << BigInt(2 ** j - 1);
      lfsr = (lfsr << 1) ^ (lfsr >> 7 ? 0x171 : 0);
    }
    constants.push(constant);
  }
  return constants;
}

/** For every lane after rho and pi: the lane it comes from and its rotation. */
function rhoPi() {
  const from = new Array(25).fill(0);
  const rotation = new Array(25).fill(0);
  let x = 1;
  let y = 0;
  for (let t = 0; t < 24; t++) {
    const target = y + 5 * ((2 * x + 3 * y) % 5);
    from[target] = x + 5 * y;
    rotation[target] = (((t + 1) * (t + 2)) / 2) % 64;
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  return { from, rotation };
}

/**
 * Lanes kept complemented, which leaves one NOT a row in chi (Keccak implementation overview, 2.2).
 */
const COMPLEMENTED = [1, 2, 8, 12, 17, 20];

/** Chi with those lanes complemented, by row: [a, b, operation, c] meaning a ^ (b op c). */
const CHI = [
  ["b0^(b1|b2)", "b1^(~b2|b3)", "b2^(b3&b4)", "b3^(b4|b0)", "b4^(b0&b1)"],
  ["b0^(b1|b2)", "b1^(b2&b3)", "b2^(b3|~b4)", "b3^(b4|b0)", "b4^(b0&b1)"],
  ["b0^(b1|b2)", "b1^(b2&b3)", "b2^(~b3&b4)", "~b3^(b4|b0)", "b4^(b0&b1)"],
  ["b0^(b1&b2)", "b1^(b2|b3)", "b2^(~b3|b4)", "~b3^(b4&b0)", "b4^(b0|b1)"],
  ["b0^(~b1&b2)", "~b1^(b2|b3)", "b2^(b3&b4)", "b3^(b4|b0)", "b4^(b0&b1)"],
];

/** The parities of the columns of a state, in c0 to c4. */
function columnParities(lane) {
  return [0, 1, 2, 3, 4]
    .map((x) => `c${x}=${[0, 5, 10, 15, 20].map((y) => lane(x + y)).join("^")};`)
    .join("\n");
}

/** Rows of the round from the state whose lanes `lane` names to `target`; parities of columns in c0 to c4 and, if all rows are written, e0 to e4. */
function keccakRows(lane, target, constant, rows) {
  const { from, rotation } = rhoPi();
  let text = "";
  for (let x = 0; x < 5; x++) text += `d${x}=c${(x + 4) % 5}^rotl<u64>(c${(x + 1) % 5},1);`;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < 5; x++) {
      const to = 5 * y + x;
      const mixed = `${lane(from[to])}^d${from[to] % 5}`;
      text += `b${x}=${rotation[to] ? `rotl<u64>(${mixed},${rotation[to]})` : mixed};`;
    }
    for (let x = 0; x < 5; x++) {
      const iota = x + y === 0 ? `^${constant}` : "";
      text += `t=${CHI[y][x]}${iota};store<u64>(${target},t,${8 * (5 * y + x)});`;
      if (rows === 5) text += `e${x}=${y === 0 ? "t" : `e${x}^t`};`;
    }
    text += "\n";
  }
  return text;
}

const laneOf = (state) => (lane) => `load<u64>(${state},${8 * lane})`;

/** A whole round; parities before and after in c0 to c4. */
function keccakRound(lane, target, constant) {
  return `${keccakRows(lane, target, constant, 5)}c0=e0;c1=e1;c2=e2;c3=e3;c4=e4;\n`;
}

/** Full rounds in a row that begin at constant `first`, from one state to the other and back. */
function keccakRounds(first, count, states) {
  let text = "";
  for (let r = 0; r < count; r++) {
    text += keccakRound(
      laneOf(states[r % 2]),
      states[(r + 1) % 2],
      `load<u64>(RC+k,${8 * (first + r)})`,
    );
  }
  return text;
}

/** Lanes that a message of less than SHORT_LANES * 8 bytes and its padding's beginning fill. */
const SHORT_LANES = 9;
/** Last lane of the rate, which ends the padding. */
const LAST_LANE = 16;

/**
 * permute(): keccak-f[1600] on KECCAK_STATE, where the lanes of {@link COMPLEMENTED} stand complemented. Lanes lie in memory,
 * twice, and rounds go to and fro: V8 makes them operands of its instructions, while 25 locals
 * would be moved in and out of its dozen registers. Four rounds an iteration.
 *
 * permuteShort(): the same for a message that is short and the only block: all lanes from SHORT_LANES on are constants in the first
 * round, and of the last round only the digest's row is computed.
 */
export function permuteSource() {
  const constants = roundConstants().map((c) => `0x${c.toString(16)}`);
  const small = ["b", "c", "d", "e"].flatMap((n) => [0, 1, 2, 3, 4].map((i) => `${n}${i}:u64=0`));
  const locals = `let ${small.join(",")},t:u64=0;`;
  const states = ["KECCAK_STATE", "KECCAK_NEXT"];
  const turned = [states[1], states[0]];
  const start = (from, to) =>
    Array.from({ length: to - from }, (_, i) => from + i)
      .map((i) => `store<u64>(KECCAK_STATE,${COMPLEMENTED.includes(i) ? "-1" : "0"},${8 * i});`)
      .join("");
  const shortLane = (lane) => {
    if (lane < SHORT_LANES) return laneOf(states[0])(lane);
    if (lane === LAST_LANE) return "u64(0x8000000000000000)";
    return COMPLEMENTED.includes(lane) ? "u64(-1)" : "u64(0)";
  };
  return `import { KECCAK_NEXT, KECCAK_STATE } from "../cells";
const RC: usize = memory.data<u64>([${constants.join(",")}]);
export function startShort(): void {
${start(0, SHORT_LANES)}
}
export function startState(): void {
startShort();
${start(SHORT_LANES, 25)}
}
export function permute(): void {
${locals}
${columnParities(laneOf(states[0]))}
for(let k:usize=0;k<192;k+=32){
${keccakRounds(0, 4, states)}}
}
export function permuteShort(): void {
${locals}
${columnParities(shortLane)}
${keccakRound(shortLane, states[1], constants[0])}
for(let k:usize=8;k<184;k+=16){
${keccakRounds(0, 2, turned)}}
${keccakRows(laneOf(states[1]), states[0], constants[23], 1)}}
`;
}

function primes(count) {
  const found = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p)) found.push(n);
  return found;
}

/** First 32 bits of the fraction of n^(1/root), exactly. */
function rootFraction(n, root) {
  const target = BigInt(n) << BigInt(32 * root);
  let low = 0n;
  let high = 1n << 48n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(root) <= target) low = middle;
    else high = middle;
  }
  return `0x${(low & 0xffffffffn).toString(16)}`;
}

const SHA_NAMES = ["a", "b", "c", "d", "e", "f", "g", "h"];

/**
 * Rounds i to i + 3; their words with constants added are in SHA_SCHEDULE. maj(a, b, c) is
 * b ^ ((a ^ b) & (b ^ c)), and b ^ c is the a ^ b of the round before. Sigma1 is the last to be added: 8 % faster.
 */
function shaRounds(first) {
  let text = "";
  for (let i = first; i < first + 4; i++) {
    const [a, b, , d, e, f, g, h] = SHA_NAMES.map((_, j) => SHA_NAMES[(j - i + 64) % 8]);
    const [now, before] = i % 2 === 0 ? ["x", "y"] : ["y", "x"];
    text += `t=(${h}+load<u32>(SHA_SCHEDULE,${4 * i})+(${g}^(${e}&(${f}^${g}))))+(rotr<u32>(${e},6)^rotr<u32>(${e},11)^rotr<u32>(${e},25));
${d}+=t;${now}=${a}^${b};${h}=t+(rotr<u32>(${a},2)^rotr<u32>(${a},13)^rotr<u32>(${a},22))+(${b}^(${now}&${before}));
`;
  }
  return text;
}

/** Lanes of `v` rotated right. */
const rotated = (v, n) => `v128.or(v128.shr<u32>(${v},${n}),v128.shl<u32>(${v},${32 - n}))`;

/** sigma1 of the two words that stand doubled in u: the low halves of its lanes. */
const SIGMA1 = "v128.xor(v128.xor(v128.shr<u64>(u,17),v128.shr<u64>(u,19)),v128.shr<u32>(u,10))";

/** The next four words of the schedule in place of the oldest four; the last two depend on the first two. */
function shaSchedule(group) {
  const [m0, m1, m2, m3] = [0, 1, 2, 3].map((j) => `m${(group + j) % 4}`);
  return `u=v128.shuffle<u32>(${m0},${m1},1,2,3,4);
next=v128.add<u32>(v128.add<u32>(${m0},v128.shuffle<u32>(${m2},${m3},1,2,3,4)),v128.xor(v128.xor(${rotated("u", 7)},${rotated("u", 18)}),v128.shr<u32>(u,3)));
u=v128.shuffle<u32>(${m3},${m3},2,2,3,3);u=${SIGMA1};
next=v128.add<u32>(next,v128.shuffle<u32>(u,zero,0,2,4,4));
u=v128.shuffle<u32>(next,next,0,0,1,1);u=${SIGMA1};
${m0}=v128.add<u32>(next,v128.shuffle<u32>(u,zero,4,4,0,2));
v128.store(SHA_SCHEDULE,v128.add<u32>(${m0},v128.load(K+r,${16 * group})),${16 * group});
`;
}

/**
 * compress(p): one block of SHA-256, 16 rounds an iteration; the vector units make the words of the
 * next iteration meanwhile. compressWords takes the block as numbers, wordsAt reads four of them.
 */
export function compressSource() {
  const k = primes(64).map((p) => rootFraction(p, 3));
  const h = primes(8).map((p) => rootFraction(p, 2));
  const groups = [0, 1, 2, 3];
  const swap = "3,2,1,0,7,6,5,4,11,10,9,8,15,14,13,12";
  const stored = groups.map((j) => {
    return `v128.store(SHA_SCHEDULE,v128.add<u32>(m${j},v128.load(K,${16 * j})),${16 * j});
`;
  });
  const state = SHA_NAMES.map((n, i) => `${n}:u32=load<u32>(SHA_STATE,${4 * i})`);
  return `import { SHA_SCHEDULE, SHA_STATE } from "../cells";
const K: usize = memory.data<u32>([${k.join(",")}]);
export function initialise(): void {
${h.map((v, i) => `store<u32>(SHA_STATE,${v},${4 * i});`).join("")}
}
export function compress(p: usize): void {
compressWords(${groups.map((j) => `wordsAt(p+${16 * j})`).join(",")});
}
// @ts-ignore: decorator
@inline
export function wordsAt(p: usize): v128 {
const bytes=v128.load(p);
return v128.shuffle<u8>(bytes,bytes,${swap});
}
export function compressWords(m0: v128, m1: v128, m2: v128, m3: v128): void {
${stored.join("")}const zero=v128.splat<u32>(0);let u=zero,next=zero;
let ${state.join(",")},t:u32=0,x:u32=0,y:u32=b^c;
for(let r:usize=64;r<256;r+=64){
${groups.map((j) => shaRounds(4 * j) + shaSchedule(j)).join("")}}
${groups.map((j) => shaRounds(4 * j)).join("")}
${SHA_NAMES.map((n, i) => `store<u32>(SHA_STATE,load<u32>(SHA_STATE,${4 * i})+${n},${4 * i});`).join("")}
}
`;
}
