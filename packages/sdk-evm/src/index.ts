/** Positions on Ethereum with a viem account. */
export { createMarketAccount, type MarketAccountParameters } from "./create-market-account.ts";
export { signerFromAccount, signerFromSecret } from "./evm-signer.ts";
