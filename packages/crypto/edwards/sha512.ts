import { SHA_CONSTANTS, SHA_SCHEDULE, SHA_START, SHA_STATE } from "./layout";

// @ts-ignore: decorator
@inline
function rotated(x: u64, by: u64): u64 {
  return rotr<u64>(x, by);
}

/** SHA-512 (FIPS 180-4, 6.4) of whole blocks, padding among them; writes 64 bytes. */
export function hashBlocks(to: usize, from: usize, blocks: i32): void {
  memory.copy(SHA_STATE, SHA_START, 64);
  for (let block = 0; block < blocks; block++, from += 128) compress(from);
  for (let i: usize = 0; i < 64; i += 8) store<u64>(to + i, bswap<u64>(load<u64>(SHA_STATE + i)));
}

function compress(from: usize): void {
  for (let i: usize = 0; i < 128; i += 8) {
    store<u64>(SHA_SCHEDULE + i, bswap<u64>(load<u64>(from + i)));
  }
  for (let i = SHA_SCHEDULE + 128; i < SHA_SCHEDULE + 640; i += 8) {
    const w15 = load<u64>(i - 120);
    const w2 = load<u64>(i - 16);
    const s0 = rotated(w15, 1) ^ rotated(w15, 8) ^ (w15 >> 7);
    const s1 = rotated(w2, 19) ^ rotated(w2, 61) ^ (w2 >> 6);
    store<u64>(i, load<u64>(i - 128) + s0 + load<u64>(i - 56) + s1);
  }
  let a = load<u64>(SHA_STATE);
  let b = load<u64>(SHA_STATE, 8);
  let c = load<u64>(SHA_STATE, 16);
  let d = load<u64>(SHA_STATE, 24);
  let e = load<u64>(SHA_STATE, 32);
  let f = load<u64>(SHA_STATE, 40);
  let g = load<u64>(SHA_STATE, 48);
  let h = load<u64>(SHA_STATE, 56);
  for (let i: usize = 0; i < 640; i += 8) {
    const s1 = rotated(e, 14) ^ rotated(e, 18) ^ rotated(e, 41);
    const choice = (e & f) ^ (~e & g);
    const t1 = h + s1 + choice + load<u64>(SHA_CONSTANTS + i) + load<u64>(SHA_SCHEDULE + i);
    const s0 = rotated(a, 28) ^ rotated(a, 34) ^ rotated(a, 39);
    const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  addTo(0, a);
  addTo(8, b);
  addTo(16, c);
  addTo(24, d);
  addTo(32, e);
  addTo(40, f);
  addTo(48, g);
  addTo(56, h);
}

// @ts-ignore: decorator
@inline
function addTo(at: usize, value: u64): void {
  store<u64>(SHA_STATE + at, load<u64>(SHA_STATE + at) + value);
}
