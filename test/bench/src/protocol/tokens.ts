import type { Hex } from "viem";
import { mockArtefact } from "./artefact.ts";
import type { Deployed, Deployment } from "./deployment.ts";

export const UNIT = 10n ** 18n;
export const MAX_UINT256 = 2n ** 256n - 1n;

/** Two tokens of the deployer, the lower address first, 10^9 units each. */
export async function deployPair(on: Deployment): Promise<readonly [Deployed, Deployed]> {
  const [first, second] = [await deployToken(on, "ONE"), await deployToken(on, "TWO")];
  return isBelow(first.address, second.address) ? [first, second] : [second, first];
}

export async function deployToken(on: Deployment, name: string, decimals = 18): Promise<Deployed> {
  const token = await on.deploy(mockArtefact("Token"), [name, decimals]);
  await on.send(token, "mint", [on.address, 10n ** 9n * 10n ** BigInt(decimals)]);
  return token;
}

/** A price feed with so many digits after the point. */
export const deployPriceFeed = (
  on: Deployment,
  decimals: number,
  price: bigint,
): Promise<Deployed> => on.deploy(mockArtefact("PriceFeed"), [decimals, price]);

/** Lets `spender` take all of the deployer's `tokens`. */
export async function approve(
  on: Deployment,
  tokens: readonly Deployed[],
  spender: Hex,
): Promise<void> {
  for (const token of tokens) await on.send(token, "approve", [spender, MAX_UINT256]);
}

export const isBelow = (a: Hex, b: Hex): boolean => BigInt(a) < BigInt(b);
