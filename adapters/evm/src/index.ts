/** An Ethereum chain through viem. */
export {};
