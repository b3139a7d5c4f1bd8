/** An Ethereum chain in memory: transactions, fees, blocks, receipts, logs. */
export {};
