import {
  add,
  copy,
  fromBytes,
  invert,
  isZero,
  negate,
  powerForRoot,
  rootOfMinusOne,
  setSmall,
  subtract,
  toBytes,
} from "./element";
import { multiply, square } from "./generated/field";
import { BUILDING, D, D2, E, ELEMENT, ENTRY, F, G, H, POINT, T0, T1, T2 } from "./layout";

const X: usize = 0;
const Y: usize = ELEMENT;
const Z: usize = 2 * ELEMENT;
const T: usize = 3 * ELEMENT;

/** The neutral element. */
export function setNeutral(to: usize): void {
  setSmall(to + X, 0);
  setSmall(to + Y, 1);
  setSmall(to + Z, 1);
  setSmall(to + T, 0);
}

// @ts-ignore: decorator
@inline
function finish(to: usize): void {
  multiply(to + X, E, F);
  multiply(to + Y, H, G);
  multiply(to + Z, G, F);
  multiply(to + T, E, H);
}

/** p = p + entry, or p - entry (Hisil, Wong, Carter and Dawson 2008, section 3.1). */
export function addEntry(p: usize, entry: usize, isMinus: bool): void {
  const plus = isMinus ? entry + ELEMENT : entry;
  const minus = isMinus ? entry : entry + ELEMENT;
  subtract(T0, p + Y, p + X);
  multiply(T0, T0, minus);
  add(T1, p + Y, p + X);
  multiply(T1, T1, plus);
  multiply(T2, p + T, entry + 2 * ELEMENT);
  subtract(E, T1, T0);
  add(H, T1, T0);
  add(T0, p + Z, p + Z);
  if (isMinus) {
    add(F, T0, T2);
    subtract(G, T0, T2);
  } else {
    subtract(F, T0, T2);
    add(G, T0, T2);
  }
  finish(p);
}

/** to = p + q. `to` may be p. */
export function addPoint(to: usize, p: usize, q: usize): void {
  subtract(T0, p + Y, p + X);
  subtract(T1, q + Y, q + X);
  multiply(E, T0, T1);
  add(T0, p + Y, p + X);
  add(T1, q + Y, q + X);
  multiply(H, T0, T1);
  multiply(T2, p + T, D2);
  multiply(T2, T2, q + T);
  multiply(T0, p + Z, q + Z);
  add(T0, T0, T0);
  subtract(F, T0, T2);
  add(G, T0, T2);
  copy(T0, E);
  subtract(E, H, T0);
  add(H, H, T0);
  finish(to);
}

/** to = 2 p; T only if it is `wanted`. */
export function double(to: usize, p: usize, wanted: bool): void {
  square(T0, p + X);
  square(T1, p + Y);
  square(T2, p + Z);
  add(T2, T2, T2);
  add(E, p + X, p + Y);
  square(E, E);
  add(H, T1, T0);
  subtract(G, T1, T0);
  subtract(E, E, H);
  subtract(F, T2, G);
  multiply(to + X, E, F);
  multiply(to + Y, H, G);
  multiply(to + Z, G, F);
  if (wanted) multiply(to + T, E, H);
}

/** Reads a point as curve25519-dalek does; false if there is none with this y. */
export function decompress(to: usize, from: usize): bool {
  fromBytes(to + Y, from);
  setSmall(to + Z, 1);
  // u = y^2 - 1 in E, v = d y^2 + 1 in F.
  square(T0, to + Y);
  multiply(T1, T0, D);
  subtract(E, T0, to + Z);
  add(F, T1, to + Z);
  // x = u v^3 (u v^7)^((p - 5) / 8)
  square(G, F);
  multiply(G, G, F);
  square(H, G);
  multiply(H, H, F);
  multiply(H, H, E);
  powerForRoot(T0, H);
  multiply(T0, T0, G);
  multiply(to + X, T0, E);
  square(T1, to + X);
  multiply(T1, T1, F);
  subtract(T0, T1, E);
  if (!isZero(T0)) {
    add(T0, T1, E);
    if (!isZero(T0)) return false;
    multiply(to + X, to + X, rootOfMinusOne);
  }
  toBytes(T0, to + X);
  if ((load<u8>(T0) & 1) != load<u8>(from, 31) >> 7) negate(to + X, to + X);
  multiply(to + T, to + X, to + Y);
  return true;
}

/** p = -p. */
export function negatePoint(p: usize): void {
  negate(p + X, p + X);
  negate(p + T, p + T);
}

/** Writes the point as 32 bytes. */
export function compress(to: usize, p: usize): void {
  invert(T0, p + Z);
  multiply(T1, p + X, T0);
  multiply(T0, p + Y, T0);
  toBytes(E, T1);
  toBytes(to, T0);
  store<u8>(to, load<u8>(to, 31) ^ ((load<u8>(E) & 1) << 7), 31);
}

/**
 * Makes the table of a point for windows of `width` bits: of each of `windows` places the multiples 1 to 2^(width - 1) of the point times
 * 2^(width * place). `step` is the point; it is changed.
 */
export function makeTable(to: usize, step: usize, width: i32, windows: i32): void {
  const half: i32 = 1 << (width - 1);
  const count = windows * half;
  const products = BUILDING + usize(count) * POINT;
  let at = BUILDING;
  for (let window = 0; window < windows; window++) {
    memory.copy(at, step, POINT);
    for (let i = 1; i < half; i++, at += POINT) addPoint(at + POINT, at, step);
    double(step, at, true);
    at += POINT;
  }
  // One inversion for all: products of the Zs before each, then backwards.
  copy(products, BUILDING + Z);
  for (let i: usize = 1; i < usize(count); i++) {
    multiply(products + i * ELEMENT, products + (i - 1) * ELEMENT, BUILDING + i * POINT + Z);
  }
  invert(F, products + usize(count - 1) * ELEMENT);
  for (let i = usize(count); i-- > 0; ) {
    const p = BUILDING + i * POINT;
    if (i == 0) copy(G, F);
    else multiply(G, F, products + (i - 1) * ELEMENT);
    multiply(F, F, p + Z);
    multiply(T0, p + X, G);
    multiply(T1, p + Y, G);
    const entry = to + i * ENTRY;
    // Sums are brought to their bits, as additions add to them.
    setSmall(E, 1);
    add(T2, T1, T0);
    multiply(entry, T2, E);
    subtract(T2, T1, T0);
    multiply(entry + ELEMENT, T2, E);
    multiply(T2, T0, T1);
    multiply(entry + 2 * ELEMENT, T2, D2);
  }
}
