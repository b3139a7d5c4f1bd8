/** Limbs that hold values of so many bits. */
export function limbCount(bits: number): number {
  return bits <= 64 ? 1 : (bits + 63) >> 6;
}

/** Halves of all limbs of the words: low and high of limb 0, of limb 1, … */
export function splitWords(words: readonly bigint[]): Int32Array {
  const limbs = new Int32Array(words.length * 8);
  for (const [i, word] of words.entries()) {
    for (let k = 0; k < 8; k++)
      limbs[i * 8 + k] = Number(BigInt.asIntN(32, word >> BigInt(32 * k)));
  }
  return limbs;
}
