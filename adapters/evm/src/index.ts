/** Ethereum chains through viem. */
export {};
