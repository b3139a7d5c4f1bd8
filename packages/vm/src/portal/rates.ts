import type { Vm } from "./payload.ts";

/**
 * Ticks per unit of gas. One tick is one internal gas unit of Move; a simple instruction costs 1 CU on Solana, 3 gas on Ethereum and about
 * 300 internal units on Move, so 1 CU = 300 ticks and 1 gas = 100 ticks. Fixed: a change is a change of every receipt.
 */
export const TICKS_PER_GAS: Record<Vm, bigint> = { evm: 100n, svm: 300n, move: 1n };

/** `amount` of `from`'s gas in `to`'s, rounded down: a conversion never creates gas. */
export function convertGas(amount: bigint, from: Vm, to: Vm): bigint {
  return (amount * TICKS_PER_GAS[from]) / TICKS_PER_GAS[to];
}

/** What `used` of `from`'s gas costs in `to`'s, rounded up. */
export function costOf(used: bigint, from: Vm, to: Vm): bigint {
  const unit = TICKS_PER_GAS[to];
  return (used * TICKS_PER_GAS[from] + unit - 1n) / unit;
}

/** What opening the portal costs, whatever comes of it: 1,000 CU, 3,000 gas, 300,000 internal units. */
export const PORTAL_TICKS = 300_000n;
