/** An Aptos chain in memory: transactions, gas, publishing, events, write sets. */
export {};
