/** The market for wallets of Solana. */
export {};
