/** Positions on Solana with a web3.js keypair. */
export {};
