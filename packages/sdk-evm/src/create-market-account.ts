import { type GatewayClient, MarketAccount } from "@dragoman/sdk";
import type { LocalAccount } from "viem";
import { signerFromAccount } from "./evm-signer.ts";

export interface MarketAccountParameters {
  readonly gateway: GatewayClient;
  /** By CAIP-2, for example `eip155:1337`. */
  readonly chain: string;
  /** Whose account it is; its key stays here. */
  readonly account: LocalAccount;
}

/**
 * An account with the market of an Ethereum chain.
 *
 * @example
 * const alice = createMarketAccount({ gateway, chain: "eip155:1337", account: privateKeyToAccount("0x…") });
 * await alice.deposit("1000");
 * await alice.tradePerpetual("LONG", "0.5");
 */
export const createMarketAccount = ({
  gateway,
  chain,
  account,
}: MarketAccountParameters): MarketAccount =>
  new MarketAccount({ gateway, chain, signer: signerFromAccount(account) });
