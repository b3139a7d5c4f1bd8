/** A Solana chain in memory: transactions, fees, slots, native programs. */
export {};
