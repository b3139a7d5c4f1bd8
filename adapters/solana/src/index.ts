/** Solana chains through web3.js. */
export {};
