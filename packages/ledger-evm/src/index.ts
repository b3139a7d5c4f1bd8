/** An Ethereum chain: accounts, signed transactions, fees, blocks, receipts. */
export {};
