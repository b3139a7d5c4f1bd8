/** Positions on Solana with a web3.js keypair. */
export { createMarketAccount, type SolanaMarketAccountOptions } from "./create-market-account.ts";
export { signerFromKeypair, signerFromSecret } from "./signer.ts";
