/** The market for wallets of Polkadot. */
export {};
