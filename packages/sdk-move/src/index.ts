/** The market for wallets of Aptos. */
export {};
