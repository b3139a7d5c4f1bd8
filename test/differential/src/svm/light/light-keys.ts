import { PublicKey } from "@solana/web3.js";
import { LIGHT_PROGRAMS } from "./light-package.ts";

const program = (name: keyof typeof LIGHT_PROGRAMS): PublicKey =>
  new PublicKey(LIGHT_PROGRAMS[name][0]);

const derived = (seeds: readonly (string | PublicKey)[], of: PublicKey): PublicKey =>
  PublicKey.findProgramAddressSync(
    seeds.map((seed) => (typeof seed === "string" ? Buffer.from(seed) : seed.toBuffer())),
    of,
  )[0];

export const COMPRESSION: PublicKey = program("COMPRESSION");
export const LIGHT_SYSTEM: PublicKey = program("SYSTEM");
export const LIGHT_TOKEN: PublicKey = program("TOKEN");
export const REGISTRY: PublicKey = program("REGISTRY");
export const NOOP: PublicKey = program("NOOP");

/** Proof that the light system program may write into trees. */
export const REGISTERED_SYSTEM: PublicKey = derived([LIGHT_SYSTEM], COMPRESSION);
/** Signs calls of the light system program into account compression. */
export const COMPRESSION_AUTHORITY: PublicKey = derived(["cpi_authority"], LIGHT_SYSTEM);
/** Signs calls of the compressed token program. */
export const TOKEN_AUTHORITY: PublicKey = derived(["cpi_authority"], LIGHT_TOKEN);
/** Holds the lamports that are compressed. */
export const SOL_POOL: PublicKey = derived(["sol_pool_pda"], LIGHT_SYSTEM);

/** Queue of the batched tree, and the concurrent tree: the two places for new leaves. */
export const OUTPUT_QUEUE: PublicKey = new PublicKey("oq1na8gojfdUhsfCpyjNt6h4JaDWtHf1yQj4koBWfto");
export const BATCHED_TREE: PublicKey = new PublicKey("bmt1LryLZUMmF7ZtqESaw7wifBXLfXHQYoE4GAmrahU");
export const STATE_TREE: PublicKey = new PublicKey("smt1NamzXdq4AMqS2fS2F1i5KTYPZRhoHgWx38d8WsT");
export const NULLIFIERS: PublicKey = new PublicKey("nfq1NvQDJ2GEgnS8zt9prAe8rjjpAW1zFkrvZoBR148");

/** Account in which a mint's compressed tokens lie. */
export const tokenPool = (mint: PublicKey): PublicKey => derived(["pool", mint], LIGHT_TOKEN);
/** Authority of a group, by the key that its maker signs with. */
export const groupOf = (seed: PublicKey): PublicKey =>
  derived(["group_authority", seed], COMPRESSION);
/** Membership of a program in a group. */
export const registered = (key: PublicKey): PublicKey => derived([key], COMPRESSION);
