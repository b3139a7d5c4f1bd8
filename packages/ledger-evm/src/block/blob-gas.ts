import type { Rules } from "@dragoman/frontend-evm";

/** Gas of one blob (EIP-4844). */
export const BLOB_GAS = 131_072n;

/** What a header says of blobs. */
export interface BlobUsage {
  readonly blobGasUsed: bigint;
  readonly excessBlobGas: bigint;
}

type BlobRules = Pick<Rules, "blobTarget" | "blobMax" | "blobFeeFraction" | "blobReserveGas">;

/** Wei a unit of blob gas: e^(excess / fraction), in integers as EIP-4844 computes it; at least 1. */
export function blobBaseFee(rules: Pick<Rules, "blobFeeFraction">, excessBlobGas: bigint): bigint {
  const fraction = BigInt(rules.blobFeeFraction);
  if (fraction === 0n) return 0n;
  let sum = 0n;
  let term = fraction;
  for (let i = 1n; term > 0n; i++) {
    sum += term;
    term = (term * excessBlobGas) / (fraction * i);
  }
  return sum / fraction;
}

/** Blob gas beyond the target that has piled up behind `parent` (EIP-4844; EIP-7918 where the rules have a reserve price). */
export function nextExcessBlobGas(
  rules: BlobRules,
  parent: BlobUsage & { readonly baseFee: bigint },
): bigint {
  const { excessBlobGas, blobGasUsed, baseFee } = parent;
  const sum = excessBlobGas + blobGasUsed;
  const target = BigInt(rules.blobTarget) * BLOB_GAS;
  if (sum < target) return 0n;
  const reserve = BigInt(rules.blobReserveGas) * baseFee;
  if (reserve > BLOB_GAS * blobBaseFee(rules, excessBlobGas)) {
    const above = BigInt(rules.blobMax - rules.blobTarget);
    return excessBlobGas + (blobGasUsed * above) / BigInt(rules.blobMax);
  }
  return sum - target;
}
