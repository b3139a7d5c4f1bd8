import type { CellChange } from "@dragoman/core";
import { MODULE_DOMAIN, TABLE_DOMAIN } from "@dragoman/frontend-move";
import { GAS_PARAMETERS } from "../gas-parameters.ts";

/** Bytes of Aptos's state key of a cell: variant, address, and the path or the key of the table. */
function keySize({ domain, key }: CellChange): number {
  if (domain === TABLE_DOMAIN) return 33 + key.length;
  return domain === MODULE_DOMAIN ? 68 + key.length : 35 + key.length;
}

/**
 * Octas that the changes cost (aptos-core `aptos-vm-types/src/storage/space_pricing.rs`, `DiskSpacePricing::V2`): a cell that is new pays for itself and for all its bytes, one that
 * grows for its growth. What shrinks or goes gives nothing back here.
 */
export function storageFee(changes: readonly CellChange[]): bigint {
  let fee = 0n;
  for (const change of changes) {
    const { before, after } = change;
    if (after === undefined) continue;
    if (before === undefined) {
      const bytes = BigInt(keySize(change) + after.length);
      fee += GAS_PARAMETERS.STORAGE_SLOT_FEE + GAS_PARAMETERS.STORAGE_BYTE_FEE * bytes;
    } else if (after.length > before.length) {
      fee += GAS_PARAMETERS.STORAGE_BYTE_FEE * BigInt(after.length - before.length);
    }
  }
  return fee;
}

/** Started gas units that pay a fee at a price in Octas. */
export const storageGas = (fee: bigint, gasUnitPrice: bigint): bigint =>
  (fee + gasUnitPrice - 1n) / gasUnitPrice;
