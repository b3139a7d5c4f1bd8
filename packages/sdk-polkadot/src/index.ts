/** Positions on Polkadot with a keyring pair. */
export { createMarketAccount, type MarketAccountParameters } from "./create-market-account.ts";
export { signerFromPair, signerFromSecret } from "./signer.ts";
