import type { Account } from "@aptos-labs/ts-sdk";
import { MarketAccount, type MarketAccountOptions } from "@dragoman/sdk";
import { signerFromAccount } from "./move-signer.ts";

export interface MoveMarketAccountOptions extends Omit<MarketAccountOptions, "signer"> {
  readonly account: Account;
}

/** A market account that signs with an account of ts-sdk. */
export const createMarketAccount = ({
  account,
  ...options
}: MoveMarketAccountOptions): MarketAccount =>
  new MarketAccount({ ...options, signer: signerFromAccount(account) });
