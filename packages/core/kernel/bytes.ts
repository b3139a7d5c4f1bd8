/** -1, 0 or 1 as `length` bytes at a and b compare, unsigned. */
export function compare(a: usize, b: usize, length: usize): i32 {
  const end = a + length;
  while (a + 8 <= end) {
    const x = load<u64>(a);
    const y = load<u64>(b);
    if (x != y) return bswap<u64>(x) < bswap<u64>(y) ? -1 : 1;
    a += 8;
    b += 8;
  }
  while (a < end) {
    const x = load<u8>(a++);
    const y = load<u8>(b++);
    if (x != y) return x < y ? -1 : 1;
  }
  return 0;
}
