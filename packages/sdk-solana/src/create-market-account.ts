import { type GatewayClient, MarketAccount } from "@dragoman/sdk";
import type { Keypair } from "@solana/web3.js";
import { signerFromKeypair } from "./signer.ts";

export interface SolanaMarketAccountOptions {
  readonly gateway: GatewayClient;
  /** Identifier of the chain by CAIP-2, `solana:…`. */
  readonly chain: string;
  readonly keypair: Keypair;
}

/** The market's account of a keypair on one Solana chain, through the gateway. */
export const createMarketAccount = ({
  gateway,
  chain,
  keypair,
}: SolanaMarketAccountOptions): MarketAccount =>
  new MarketAccount({ gateway, chain, signer: signerFromKeypair(keypair) });
