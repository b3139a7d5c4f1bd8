/** Solana JSON-RPC and subscriptions over a ledger. */
export {};
