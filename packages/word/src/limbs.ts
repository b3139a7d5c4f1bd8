/*
 * Words in memory: little-endian limbs of 64 bits, least significant first, as compiled code and the
 * kernel keep them. Addresses are byte offsets of `view` and need no alignment.
 */

/** The 128-bit word at `address`. */
export const loadU128 = (view: DataView, address: number): bigint =>
  view.getBigUint64(address, true) | (view.getBigUint64(address + 8, true) << 64n);

/** The 256-bit word at `address`. */
export const loadU256 = (view: DataView, address: number): bigint =>
  loadU128(view, address) | (loadU128(view, address + 16) << 128n);

/** Stores the low 128 bits of `value` at `address`. */
export function storeU128(view: DataView, address: number, value: bigint): void {
  view.setBigUint64(address, value, true);
  view.setBigUint64(address + 8, value >> 64n, true);
}

/** Stores the low 256 bits of `value` at `address`. */
export function storeU256(view: DataView, address: number, value: bigint): void {
  storeU128(view, address, value);
  storeU128(view, address + 16, value >> 128n);
}
