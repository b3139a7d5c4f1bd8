/** A Solana chain through web3.js. */
export {};
