import { fromBytes } from "./element";
import { DIGEST, DIGITS, ENCODED, ENTRY, KEY_POINT, MULTIPLES, POINT, SIGNATURE, SUM } from "./layout";
import {
  addEntry,
  addPoint,
  compress,
  decompress,
  double,
  makeTable,
  negatePoint,
  setNeutral,
} from "./point";
import { isBelowOrder, recode, reduce } from "./scalar";
import { hashBlocks } from "./sha512";

export { fromBytes, hashBlocks };

/** Windows in which a key is multiplied when no table of it was made. */
const WIDTH: i32 = 5;
const WINDOWS: i32 = 51;

/** Makes the table of the point in 32 bytes, or of its negative; false if they are none. */
export function tableOf(
  to: usize,
  from: usize,
  isNegative: bool,
  width: i32,
  windows: i32,
): bool {
  if (!decompress(KEY_POINT, from)) return false;
  if (isNegative) negatePoint(KEY_POINT);
  makeTable(to, KEY_POINT, width, windows);
  return true;
}

/** Adds a scalar's multiple of the point of a table to the sum. */
function addProduct(scalar: usize, table: usize, width: i32, windows: i32): void {
  recode(scalar, width, windows);
  const half = usize(1) << (width - 1);
  for (let window: usize = 0; window < usize(windows); window++) {
    const digit = i32(load<i16>(DIGITS + (window << 1)));
    if (digit == 0) continue;
    const index = window * half + usize(abs<i32>(digit)) - 1;
    addEntry(SUM, table + index * ENTRY, digit < 0);
  }
}

/** Leaves a scalar's multiple of the point at KEY_POINT in the sum. */
function multiplyKey(scalar: usize): void {
  const half: usize = 1 << (WIDTH - 1);
  memory.copy(MULTIPLES, KEY_POINT, POINT);
  for (let i: usize = 1; i < half; i++) {
    addPoint(MULTIPLES + i * POINT, MULTIPLES + (i - 1) * POINT, KEY_POINT);
  }
  // Their negatives stand behind them.
  for (let i: usize = 0; i < half; i++) {
    memory.copy(MULTIPLES + (half + i) * POINT, MULTIPLES + i * POINT, POINT);
    negatePoint(MULTIPLES + (half + i) * POINT);
  }
  recode(scalar, WIDTH, WINDOWS);
  setNeutral(SUM);
  for (let window = WINDOWS; window-- > 0; ) {
    for (let i = 0; i < WIDTH; i++) double(SUM, SUM, i == WIDTH - 1);
    const digit = i32(load<i16>(DIGITS + (usize(window) << 1)));
    if (digit == 0) continue;
    const index = digit > 0 ? usize(digit) - 1 : half + usize(-digit) - 1;
    addPoint(SUM, SUM, MULTIPLES + index * POINT);
  }
}

/**
 * Whether S B - h A encodes as R: R, S in SIGNATURE, the digest in DIGEST. `key`: the table of -A, or 0: A is in the 32 bytes at
 * `encoded`. False too if S is not below the order, or there is no such A.
 */
export function verify(
  base: usize,
  baseWidth: i32,
  baseWindows: i32,
  key: usize,
  keyWidth: i32,
  keyWindows: i32,
  encoded: usize,
): bool {
  if (!isBelowOrder(SIGNATURE + 32)) return false;
  reduce(DIGEST, DIGEST);
  if (key != 0) {
    setNeutral(SUM);
    addProduct(DIGEST, key, keyWidth, keyWindows);
  } else {
    if (!decompress(KEY_POINT, encoded)) return false;
    negatePoint(KEY_POINT);
    multiplyKey(DIGEST);
  }
  addProduct(SIGNATURE + 32, base, baseWidth, baseWindows);
  compress(ENCODED, SUM);
  for (let i: usize = 0; i < 32; i += 8) {
    if (load<u64>(ENCODED + i) != load<u64>(SIGNATURE + i)) return false;
  }
  return true;
}
