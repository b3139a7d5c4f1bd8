/** Positions on Ethereum with a viem account. */
export {};
