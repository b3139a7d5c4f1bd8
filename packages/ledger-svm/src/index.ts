/** A Solana chain: transactions, fees, blockhashes, native programs, slots. */
export {};
