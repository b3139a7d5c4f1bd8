const MILLION = 1_000_000n;

/** Value of `size` (1e-6 underlying) at `price` (1e-6 USD), 1e-6 USD. */
export const notional = (size: bigint, price: bigint): bigint => (size * price) / MILLION;

/** `basisPoints` of `value`, floored. */
export const bps = (value: bigint, basisPoints: bigint): bigint => (value * basisPoints) / 10_000n;
