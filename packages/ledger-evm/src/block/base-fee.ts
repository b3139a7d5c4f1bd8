/** A block aims at half of its gas limit. */
const ELASTICITY = 2n;
/** The base fee changes by an eighth at most. */
const CHANGE_DENOMINATOR = 8n;

/** Base fee of the block after `parent`, wei (EIP-1559). */
export function nextBaseFee(parent: {
  readonly baseFee: bigint;
  readonly gasUsed: bigint;
  readonly gasLimit: bigint;
}): bigint {
  const { baseFee, gasUsed, gasLimit } = parent;
  const target = gasLimit / ELASTICITY;
  if (gasUsed === target) return baseFee;
  const distance = gasUsed > target ? gasUsed - target : target - gasUsed;
  const change = (baseFee * distance) / target / CHANGE_DENOMINATOR;
  if (gasUsed < target) return baseFee - change;
  return baseFee + (change > 1n ? change : 1n);
}
