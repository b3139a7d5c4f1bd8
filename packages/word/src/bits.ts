/** Zeros before the first one of `value`; `bits` for 0 (EIP-7939). */
export function clz(value: bigint, bits: number): number {
  if (value === 0n) return bits;
  const text = value.toString(16);
  const first = Number.parseInt(text.charAt(0), 16);
  return bits - text.length * 4 + (Math.clz32(first) - 28);
}

/** Byte `index` of `value`, 0 being the most significant; 0 beyond the last (EVM BYTE). */
export function byteAt(value: bigint, index: bigint, bits: number): bigint {
  const last = BigInt(bits / 8 - 1);
  return index > last ? 0n : (value >> ((last - index) * 8n)) & 0xffn;
}

/**
 * `value` with the sign bit of byte `index`, 0 being the least significant, copied to all bits above
 * it; unchanged if that byte is the last or beyond (EVM SIGNEXTEND).
 */
export function signextend(value: bigint, index: bigint, bits: number): bigint {
  if (index >= BigInt(bits / 8 - 1)) return value;
  return BigInt.asUintN(bits, BigInt.asIntN(Number(index) * 8 + 8, value));
}
