/** A Solana chain through web3.js. */
export { createSolanaAdapter, type SolanaAdapterOptions } from "./create-solana-adapter.ts";
export { type DeployMarketOptions, deployMarket } from "./deploy-market.ts";
export { type FundAccountOptions, fundAccount } from "./fund-account.ts";
