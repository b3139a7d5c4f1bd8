/** The market for wallets of Ethereum. */
export {};
