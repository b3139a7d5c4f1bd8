import { type GatewayClient, MarketAccount } from "@dragoman/sdk";
import type { KeyringPair } from "@polkadot/keyring/types";
import { signerFromPair } from "./signer.ts";

export interface MarketAccountParameters {
  readonly gateway: GatewayClient;
  /** By CAIP-2, for example `polkadot:91b171bb158e2d3848fa23a9f1c25182`. */
  readonly chain: string;
  /** Whose account it is; its key stays here. */
  readonly pair: KeyringPair;
}

/**
 * An account with the market of a Polkadot chain.
 *
 * @example
 * const alice = createMarketAccount({ gateway, chain: "polkadot:…", pair: keyring.addFromUri("//Alice") });
 * await alice.deposit("1000");
 * await alice.tradePerpetual("LONG", "0.5");
 */
export const createMarketAccount = ({
  gateway,
  chain,
  pair,
}: MarketAccountParameters): MarketAccount =>
  new MarketAccount({ gateway, chain, signer: signerFromPair(pair) });
