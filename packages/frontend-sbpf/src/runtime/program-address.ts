import { concatBytes } from "@dragoman/bytes";
import { isEd25519Point, sha256 } from "@dragoman/crypto";

export const SEEDS_MAX = 16;
export const SEED_BYTES_MAX = 32;

const MARKER = new TextEncoder().encode("ProgramDerivedAddress");

/**
 * The address that `programId` derives from seeds; undefined if there is none: too many or too long seeds, or a point on the
 * curve, for which a key could exist.
 */
export function createProgramAddress(
  seeds: readonly Uint8Array[],
  programId: Uint8Array,
): Uint8Array | undefined {
  if (seeds.length > SEEDS_MAX || seeds.some((seed) => seed.length > SEED_BYTES_MAX))
    return undefined;
  const hash = sha256(concatBytes(...seeds, programId, MARKER));
  return isEd25519Point(hash) ? undefined : hash;
}

/** The first address that `programId` derives from seeds and a bump, from 255 down; undefined if there is none. */
export function findProgramAddress(
  seeds: readonly Uint8Array[],
  programId: Uint8Array,
): { readonly address: Uint8Array; readonly bump: number } | undefined {
  for (let bump = 255; bump >= 0; bump--) {
    const address = createProgramAddress([...seeds, Uint8Array.of(bump)], programId);
    if (address !== undefined) return { address, bump };
  }
  return undefined;
}
