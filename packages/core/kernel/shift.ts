import { answer } from "./cells";

// Amounts are unsigned; 256 and more shift everything out.

export function shl(n: u64, a0: u64, a1: u64, a2: u64, a3: u64): u64 {
  if (n > 255) return answer(0, 0, 0, 0);
  if (n & 128) {
    a3 = a1;
    a2 = a0;
    a1 = 0;
    a0 = 0;
  }
  if (n & 64) {
    a3 = a2;
    a2 = a1;
    a1 = a0;
    a0 = 0;
  }
  const s = n & 63;
  if (s == 0) return answer(a0, a1, a2, a3);
  const t = 64 - s;
  return answer(a0 << s, (a1 << s) | (a0 >> t), (a2 << s) | (a1 >> t), (a3 << s) | (a2 >> t));
}

export function shr(n: u64, a0: u64, a1: u64, a2: u64, a3: u64): u64 {
  if (n > 255) return answer(0, 0, 0, 0);
  return right(n, a0, a1, a2, a3, 0);
}

export function sar(n: u64, a0: u64, a1: u64, a2: u64, a3: u64): u64 {
  const fill = u64(i64(a3) >> 63);
  if (n > 255) return answer(fill, fill, fill, fill);
  return right(n, a0, a1, a2, a3, fill);
}

// @ts-ignore: decorator
@inline
function right(n: u64, a0: u64, a1: u64, a2: u64, a3: u64, fill: u64): u64 {
  if (n & 128) {
    a0 = a2;
    a1 = a3;
    a2 = fill;
    a3 = fill;
  }
  if (n & 64) {
    a0 = a1;
    a1 = a2;
    a2 = a3;
    a3 = fill;
  }
  const s = n & 63;
  if (s == 0) return answer(a0, a1, a2, a3);
  const t = 64 - s;
  return answer(
    (a0 >> s) | (a1 << t), (a1 >> s) | (a2 << t), (a2 >> s) | (a3 << t), (a3 >> s) | (fill << t),
  );
}

/** k = index of the byte with the sign, from the least significant; k >= 31 changes nothing. */
export function signextend(k: u64, a0: u64, a1: u64, a2: u64, a3: u64): u64 {
  if (k >= 31) return answer(a0, a1, a2, a3);
  const up = 248 - (k << 3);
  shl(up, a0, a1, a2, a3);
  return sar(up, load<u64>(64), load<u64>(72), load<u64>(80), load<u64>(88));
}
