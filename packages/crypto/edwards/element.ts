import { ELEMENT, ROOT, T2, T3, T4 } from "./layout";
import { multiply, square } from "./generated/field";

// @ts-ignore: decorator
@inline
export function add(to: usize, f: usize, g: usize): void {
  v128.store(to, i32x4.add(v128.load(f), v128.load(g)));
  v128.store(to, i32x4.add(v128.load(f, 16), v128.load(g, 16)), 16);
  store<i32>(to, load<i32>(f, 32) + load<i32>(g, 32), 32);
  store<i32>(to, load<i32>(f, 36) + load<i32>(g, 36), 36);
}

// @ts-ignore: decorator
@inline
export function subtract(to: usize, f: usize, g: usize): void {
  v128.store(to, i32x4.sub(v128.load(f), v128.load(g)));
  v128.store(to, i32x4.sub(v128.load(f, 16), v128.load(g, 16)), 16);
  store<i32>(to, load<i32>(f, 32) - load<i32>(g, 32), 32);
  store<i32>(to, load<i32>(f, 36) - load<i32>(g, 36), 36);
}

// @ts-ignore: decorator
@inline
export function copy(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  store<u64>(to, load<u64>(from, 32), 32);
}

export function setSmall(to: usize, value: i32): void {
  memory.fill(to, 0, ELEMENT);
  store<i32>(to, value);
}

export function negate(to: usize, f: usize): void {
  for (let at: usize = 0; at < ELEMENT; at += 4) store<i32>(to + at, -load<i32>(f + at));
}

/** Reads 255 bits, little-endian; values from the prime up are read as what they leave. */
export function fromBytes(to: usize, from: usize): void {
  let bit: usize = 0;
  for (let index: usize = 0; index < 10; index++) {
    const bits: usize = 26 - (index & 1);
    // Eight bytes from the last place where the limb lies in them whole.
    const start: usize = min<usize>(bit >> 3, 24);
    const word = load<u64>(from + start) >> (bit - (start << 3));
    store<i32>(to + (index << 2), i32(word & ((1 << bits) - 1)));
    bit += bits;
  }
}

/** Writes the element as 32 bytes, little-endian, below the prime. */
export function toBytes(to: usize, f: usize): void {
  // Which multiple of the prime has to go: carry of f + 19 at the top, with the limbs' own signs.
  let carry: i64 = (19 * i64(load<i32>(f, 36)) + (1 << 24)) >> 25;
  for (let index: usize = 0; index < 10; index++) {
    carry = (i64(load<i32>(f + (index << 2))) + carry) >> (26 - (index & 1));
  }
  carry *= 19;
  memory.fill(to, 0, 32);
  let bit: usize = 0;
  for (let index: usize = 0; index < 10; index++) {
    const bits: usize = 26 - (index & 1);
    const sum = i64(load<i32>(f + (index << 2))) + carry;
    carry = sum >> bits;
    const limb = u64(sum - (carry << bits));
    const start: usize = min<usize>(bit >> 3, 24);
    store<u64>(to + start, load<u64>(to + start) | (limb << (bit - (start << 3))));
    bit += bits;
  }
}

/** Whether the element is zero; uses {@link T4}. */
export function isZero(f: usize): bool {
  toBytes(T4, f);
  return (load<u64>(T4) | load<u64>(T4, 8) | load<u64>(T4, 16) | load<u64>(T4, 24)) == 0;
}

function squares(to: usize, from: usize, count: i32): void {
  square(to, from);
  for (let i = 1; i < count; i++) square(to, to);
}

/** to = f^(2^250 - 1), and T2 = f^11; `to` and f are not the scratch elements T2 to T4. */
function power250(to: usize, f: usize): void {
  square(T3, f);
  squares(T4, T3, 2);
  multiply(T4, T4, f);
  multiply(T2, T3, T4);
  square(T3, T2);
  // 2^5 - 1 in T4, then 10, 20, 40, 50, 100, 200, 250.
  multiply(T4, T3, T4);
  squares(T3, T4, 5);
  multiply(T4, T3, T4);
  squares(T3, T4, 10);
  multiply(T3, T3, T4);
  squares(to, T3, 20);
  multiply(to, to, T3);
  squares(to, to, 10);
  multiply(T4, to, T4);
  squares(T3, T4, 50);
  multiply(T3, T3, T4);
  squares(to, T3, 100);
  multiply(to, to, T3);
  squares(to, to, 50);
  multiply(to, to, T4);
}

/** to = 1 / f. */
export function invert(to: usize, f: usize): void {
  power250(to, f);
  squares(to, to, 5);
  multiply(to, to, T2);
}

/** to = f^((p - 5) / 8). */
export function powerForRoot(to: usize, f: usize): void {
  power250(to, f);
  squares(to, to, 2);
  multiply(to, to, f);
}

/** A square root of -1. */
export const rootOfMinusOne: usize = ROOT;
