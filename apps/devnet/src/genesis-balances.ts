import { DEVNET_ROLES, type DevnetRole } from "./secrets.ts";

/** Coins that faucet and treasury begin with. */
const COINS = 1_000_000n;

/** What each role has at genesis, in a chain's smallest unit: faucet and treasury plenty, the others what pays their fees. */
export const genesisBalances = (
  coin: bigint,
  feeAllowance: bigint,
): readonly (readonly [DevnetRole, bigint])[] =>
  DEVNET_ROLES.map((role) => {
    const hasPlenty = role === "faucet" || role === "treasury";
    return [role, hasPlenty ? COINS * coin : feeAllowance];
  });
