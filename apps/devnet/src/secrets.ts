import { keccak256 } from "@dragoman/crypto";

/** Who acts on every chain of the devnet. */
export const DEVNET_ROLES = [
  "faucet",
  "treasury",
  "publisher",
  "relayer",
  "liquidator",
  "alice",
  "bob",
] as const;
export type DevnetRole = (typeof DEVNET_ROLES)[number];

/** Attesters of the bridge and how many of them must sign. */
export const ATTESTERS = 3;
export const ATTESTERS_NEEDED = 2;

/**
 * Secret of a role: 32 bytes, the same on every chain and in every devnet. Published here, so good for development only: a secp256k1 key, an
 * ed25519 seed, an sr25519 mini secret.
 */
export const devnetSecret = (role: DevnetRole): Uint8Array => secretOf(role);

/** Secrets of the bridge's attesters, secp256k1. */
export const attesterSecrets = (): readonly Uint8Array[] =>
  Array.from({ length: ATTESTERS }, (_, i) => secretOf(`attester ${i}`));

const secretOf = (name: string): Uint8Array =>
  keccak256(new TextEncoder().encode(`dragoman devnet: ${name}`));
